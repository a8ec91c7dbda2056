"""Folders that several machines write in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cbfa.store.doctor import sharing
from tests.store.doctor.damage import Damaged

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:28 / /srv/chung rw shared:9 - nfs4 nas:/srv rw,vers=4.2
32 22 0:29 / /mnt/Ban\\040sao rw - cifs //may-chu/chung rw
33 31 8:2 / /srv/chung/local rw - xfs /dev/sdb1 rw
34 22 0:30 / /home/lan/drive rw - fuse.rclone remote: rw
35 22 0:31 / /twice rw - ext4 /dev/sdc rw
36 22 0:32 / /twice rw - nfs nas:/other rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/lan", "ext4"),
        ("/srv/chung/data", "nfs4"),
        ("/srv/chung2", "ext4"),
        ("/srv/chung/local/data", "xfs"),
        ("/mnt/Ban sao/data", "cifs"),
        ("/home/lan/drive", "fuse.rclone"),
        ("/twice/data", "nfs"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of Unix")
def test_the_nearest_mount_decides(path: str, kind: str):
    """The deepest place above counts, of two at one place the later; spaces are read."""
    assert sharing.type_in(MOUNTS, Path(path)) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.rclone"])
def test_networks(kind: str):
    """Each is another machine."""
    assert sharing._NETWORK.fullmatch(kind)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "tmpfs", "overlay", "fuseblk", "fuse.ntfs-3g", "vfat", "apfs"])
def test_own_disks(kind: str):
    """None of them is another machine."""
    assert not sharing._NETWORK.fullmatch(kind)


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - Sở Ngoại vụ",
        "Dropbox",
        "Dropbox (Cá nhân)",
        "Google Drive",
        "GoogleDrive-a@b.vn",
        "iCloudDrive",
    ],
)
def test_a_synced_folder_is_good_to_know(data: Damaged, name: str, tmp_path: Path):
    """It harms nothing by itself, so it is no finding that anything hangs on; the way out is named."""
    (tmp_path / name).mkdir()
    data.path.rename(tmp_path / name / "data")
    data.folder = type(data.folder)(tmp_path / name / "data", tmp_path / name / "data" / "progress.yaml")

    assert data.told() == [("know", "shared-folder", "data")]
    assert name in str(data.look()[0].message)
    assert "cbfa merge" in str(data.look()[0].fix)


@pytest.mark.parametrize("name", ["onedriver", "my Dropbox notes", "drive", "iCloudy"])
def test_other_folders_are_not_synced(name: str):
    """Only the names that the programs give."""
    assert sharing.synced_by(Path("/home/lan") / name) is None


def test_a_network_is_good_to_know(data: Damaged, monkeypatch: pytest.MonkeyPatch):
    """What the table of mounts says is told."""
    monkeypatch.setattr(sharing, "network_type", lambda _path: "nfs4")

    assert data.told() == [("know", "shared-folder", "data")]
    assert "(nfs4)" in str(data.look()[0].message)
