"""What each command answers, as a page. One file an answer."""
