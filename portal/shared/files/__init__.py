"""The upload door: what a file is allowed to be, how large, and whether its content is what its name says.

Other rooms import from here; the modules inside are the door's own business.
"""

from portal.shared.files.door import MAX_BYTES, MEGABYTE, CheckedUpload, check_upload
from portal.shared.files.kinds import FileKind, FileKinds, kind_of
from portal.shared.files.names import MAX_NAME_LENGTH, clean_name, download_name, internal_name, printable
from portal.shared.files.pdf import check_pdf, looks_like_pdf
from portal.shared.files.refusal import UploadRefused
from portal.shared.unpacking import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES

__all__ = [
    "MAX_BYTES",
    "MAX_MEMBERS",
    "MAX_NAME_LENGTH",
    "MAX_RATIO",
    "MAX_UNPACKED_BYTES",
    "MEGABYTE",
    "CheckedUpload",
    "FileKind",
    "FileKinds",
    "UploadRefused",
    "check_pdf",
    "check_upload",
    "clean_name",
    "download_name",
    "internal_name",
    "kind_of",
    "looks_like_pdf",
    "printable",
]
