# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test that is root needs to be somebody else, or somewhere else."""
import os
import shutil
import subprocess

NOBODY = 65534
AS_NOBODY = {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def program_for_all(program, folder):
    """A copy below a folder that everybody may enter: the checkout may be one that only root may."""
    copy = os.path.join(folder, "virt-hotplug")
    if not os.path.exists(copy):
        shutil.copyfile(program, copy)
        os.chmod(copy, 0o755)
    return copy


def unsharing():
    """The words that give a command mounts of its own; None where that is not to be had.

    In a chroot that is no mount point, the kernel has nothing there whose propagation could be changed."""
    for words in (["unshare", "--mount"], ["unshare", "--mount", "--propagation", "unchanged"]):
        tried = subprocess.run([*words, "true"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if tried.returncode == 0:
            return words
    return None
