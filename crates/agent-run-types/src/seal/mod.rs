//! Seals of runs, signatures of what comes later, erasable objects, and proofs (spec/seal.md).

mod batch;
mod covered;
mod dsse;
mod erase;
mod error;
mod named;
mod private;
mod protect;
mod run;
mod sealed;
mod signature;
mod step_proof;
mod steps;
mod valid;

pub use batch::check_batch_proof;
pub use covered::{covered_part, seal_hash, signed_bytes, SignedKind};
pub use dsse::dsse;
pub use erase::{erase, erase_all, Erasure};
pub use error::SealError;
pub use named::{action_hash, document_hash, record_hash, request_hash};
pub use private::{private_objects, private_state, PrivateObject, PrivateState};
pub use protect::protect;
pub use run::{seal, SealOptions};
pub use sealed::{is_sealed, missing_from_seal, OPEN_STATUSES};
pub use signature::{sign_object, signature_state, verify_object, SignatureState};
pub use step_proof::{check_step_proof, StepProofFault};
pub use steps::{steps_root, StepsRoot};
