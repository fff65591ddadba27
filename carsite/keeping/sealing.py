"""Backups that only one key opens: age, by pyrage (docs/decisions/0026-backup.md).

A public key seals, so the machine that makes backups holds nothing that opens them.
"""

import errno
import os
import re
from pathlib import Path

import pyrage
from django.core.management.base import CommandError

SEALED = b"age-encryption.org/v1"
WRITE = "Write BACKUP_KEY as the public key that begins with age1, or several with commas between."


class Unsealed(CommandError):
    """The file cannot be opened with what was given."""


def recipients(words):
    """Those for whom a backup is sealed, by their public keys. Raises CommandError for what is none."""
    found = []
    for word in re.split(r"[\s,]+", words.strip()):
        try:
            found += [pyrage.x25519.Recipient.from_str(word)] if word else []
        except pyrage.RecipientError as problem:
            said = "That is the secret key, which only opens: keep it elsewhere. " if "SECRET" in word.upper() else ""
            raise CommandError(f"BACKUP_KEY holds no public key of age ({problem}). {said}{WRITE}") from problem
    return found


def new_key(path):
    """Make a key in a new file that only its owner reads; return the public half. Raises CommandError, OSError."""
    identity = pyrage.x25519.Identity.generate()
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise CommandError(f"{path} is there already, and was not touched. Name a new file.") from problem
    with os.fdopen(number, "w") as file:
        file.write(f"# Opens backups. Keep it away from the machine that makes them.\n{identity}\n")
    return str(identity.to_public())


def keys_in(path):
    """The keys in a file that `new_key`, or age-keygen, wrote. Raises Unsealed."""
    try:
        lines = Path(path).read_text().splitlines()
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and line[0] != "#"]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as problem:
        raise Unsealed(f"{path} holds no key that the site can read ({problem}).") from problem
    if not found:
        raise Unsealed(f"{path} holds no key.")
    return found


def is_sealed(path):
    with open(path, "rb") as file:
        return file.read(len(SEALED)) == SEALED


def seal(plain, sealed, whom):
    """Write what `plain` holds into `sealed`, for those alone; return a key for this one file, to check it with.

    That key is one more recipient and is kept nowhere: it is gone once the file is checked. Raises OSError.
    """
    once = pyrage.x25519.Identity.generate()
    try:
        pyrage.encrypt_io(plain, sealed, [*whom, once.to_public()])
    except pyrage.EncryptError as problem:  # what it met when it read or wrote, in words
        number = re.search(r"\[Errno (\d+)\]", str(problem))
        raise OSError(int(number[1]) if number else errno.EIO, str(problem)) from problem
    return once


def unseal(sealed, plain, keys):
    """Write what a sealed file holds into `plain`. Raises Unsealed."""
    try:
        pyrage.decrypt_io(sealed, plain, keys)
    except pyrage.DecryptError as problem:
        raise Unsealed("This key does not open the file. It needs the one whose public half sealed it.") from problem
    except OSError as problem:
        if problem.errno:
            raise
        raise Unsealed("The file is damaged: what was sealed does not open.") from problem
