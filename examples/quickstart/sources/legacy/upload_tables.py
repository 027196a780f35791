# SPDX-License-Identifier: MIT
# Copyright (c) 2019 Ines Okafor
"""Uploads tide tables to the old harbour server at ftp.example.org.

The key below is fake; it stands for the kind of mistake that happens.
"""

import os
import tempfile

UPLOAD_KEY = """\
-----BEGIN RSA PRIVATE KEY-----
VGhpcyBpcyBub3QgYSBrZXkuIEl0IHdhcyB0eXBlZCBieSBoYW5kIGZvciB0aGUg
U2VlZHdyaWdodCBxdWljayBzdGFydCBzbyB0aGF0IHRoZSBzZWNyZXQgZmlsdGVy
IGhhcyBzb21ldGhpbmcgdG8gcmVmdXNlLiBOb3RoaW5nIGlzIGxvY2tlZCBieSBp
dC4gSWYgeW91IGNhbiByZWFkIHRoaXMgc2VudGVuY2UgeW91IGhhdmUgZGVjb2Rl
ZCBhIGpva2UgYW5kIG5vdCBhIGNyZWRlbnRpYWwuIFRoaXMgaXMgbm90IGEga2V5
LiBJdCB3YXMgdHlwZWQgYnkgaGFuZCBmb3IgdGhlIFNlZWR3cmlnaHQgcXVpY2sg
c3RhcnQgc28gdGhhdCB0aGUgc2VjcmV0IGZpbHRlciBoYXMgc29tZXRoaW5nIHRv
IHJlZnVzZS4gTm90aGluZyBpcyBsb2NrZWQgYnkgaXQuIElmIHlvdSBjYW4gcmVh
ZCB0aGlzIHNlbnRlbmNlIHlvdSBoYXZlIGRlY29kZWQgYSBqb2tlIGFuZCBub3Qg
YSBjcmVkZW50aWFsLiBUaGlzIGlzIG5vdCBhIGtleS4gSXQgd2FzIHR5cGVkIGJ5
IGhhbmQgZm9yIHRoZSBTZWVkd3JpZ2h0IHF1aWNrIHN0YXJ0IHNvIHRoYXQgdGhl
IHNlY3JldCBmaWx0ZXIgaGFzIHNvbWV0aGluZyB0byByZWZ1c2UuIE5vdGhpbmcg
aXMgbG9ja2VkIGJ5IGl0LiBJZiB5b3UgY2FuIHJlYWQgdGhpcyBzZW50ZW5jZSB5
b3UgaGF2ZSBkZWNvZGVkIGEgam9rZSBhbmQgbm90IGEgY3JlZGVudGlhbC4g
-----END RSA PRIVATE KEY-----
"""


def key_file():
    """Write the key to a private temporary file and return its path."""
    handle, path = tempfile.mkstemp(prefix="tide-", suffix=".pem")
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(UPLOAD_KEY)
    os.chmod(path, 0o600)
    return path


def upload_command(table, user="tides"):
    """Command line that copies one table to the server."""
    return ["sftp", "-i", key_file(), "-b", table, f"{user}@ftp.example.org"]
