"""Records that one statement signs together (AR-SEAL-017)."""

from typing import Mapping

from ..covered import signed_bytes
from ..digest_text import digest, digest_bytes
from ..members import list_in, object_in
from ..signatures import verify_object
from ..tree import leaf_hash, verify_inclusion


def check_batch_proof(
    proof: Mapping[str, object], statement: Mapping[str, object], record_hash: object, signed_by: object
) -> bool:
    """Whether a proof leads from a record to a batch statement that the record's own key signed.

    What the record says was checked elsewhere: here it is only its ``record_hash`` and ``signed_by``. Never raises for
    content.
    """
    # Shape first: what follows may then take types for granted.
    from ..schema import is_valid

    if not is_valid(proof, "batch-proof") or not is_valid(statement, "statement"):
        return False
    if not isinstance(record_hash, str) or proof["record_hash"] != record_hash:
        return False
    if statement["kind"] != "batch" or statement.get("signed_by") != signed_by:
        return False
    if digest(signed_bytes("statement", statement)) != proof["statement"] or not verify_object("statement", statement):
        return False
    body = object_in(statement, "body")
    count, index, root = body.get("count"), proof["index"], digest_bytes(body.get("root"))
    if root is None or body.get("root") != statement["about"] or isinstance(count, bool) or not isinstance(count, int):
        return False
    path = [hashed for hashed in map(digest_bytes, list_in(proof, "path")) if hashed is not None]
    if not isinstance(index, int) or len(path) != len(list_in(proof, "path")):
        return False
    return verify_inclusion(leaf_hash(record_hash.encode("ascii")), index, count, path, root)
