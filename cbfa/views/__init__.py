"""What is shown: pages made of one neutral table, and the forms in which a page can be rendered. Knows the core and the words."""
