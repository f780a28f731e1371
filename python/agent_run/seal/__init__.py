"""Seals: making them, looking at them, and erasing beneath them (spec/seal.md)."""

from ..hashes import document_hash, record_hash
from .batch import check_batch_proof
from .dsse import DsseEnvelope, DsseSignature, dsse
from .proof import BatchEvidence, check_step_proof, prove_step, step_proof_fault
from .protect import Erasure, Salts, erase, protect, protect_object
from .seal_run import seal
from .sealed import OPEN_STATUSES, Missing, is_sealed, missing_from_seal
from .steps_root import StepsRoot, steps_root

__all__ = [
    "OPEN_STATUSES",
    "BatchEvidence",
    "DsseEnvelope",
    "DsseSignature",
    "Erasure",
    "Missing",
    "Salts",
    "StepsRoot",
    "check_batch_proof",
    "check_step_proof",
    "document_hash",
    "dsse",
    "erase",
    "is_sealed",
    "missing_from_seal",
    "prove_step",
    "protect",
    "protect_object",
    "record_hash",
    "seal",
    "step_proof_fault",
    "steps_root",
]
