use std::collections::HashMap;
use std::sync::OnceLock;

use crate::json::{Object, Value};
use crate::schema::is_valid;
use crate::seal::{check_batch_proof, seal_hash, verify_object, SignedKind};
use crate::semantics::Members;

/// What came with a record, found by what it is about. Strangers write it: what has not the right form says nothing
/// (AR-SEAL-019).
pub(crate) struct Evidence<'a> {
    statements: Vec<&'a Object>,
    /// Whether each statement is rightly signed, looked at once.
    signed: Vec<OnceLock<bool>>,
    by_subject: HashMap<&'a str, Vec<usize>>,
    by_name: OnceLock<HashMap<String, Vec<usize>>>,
    proofs: HashMap<&'a str, Vec<&'a Object>>,
    evals: Vec<&'a Object>,
}

impl<'a> Evidence<'a> {
    pub fn new(statements: &'a [Value], evals: &'a [Value], proofs: &'a [Value]) -> Self {
        let statements = sound(statements, "statement");
        let mut by_subject: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, statement) in statements.iter().enumerate() {
            if let Some(subject) = statement.text("about") {
                by_subject.entry(subject).or_default().push(index);
            }
        }
        let mut by_record: HashMap<&str, Vec<&Object>> = HashMap::new();
        for proof in sound(proofs, "batch-proof") {
            if let Some(hash) = proof.text("record_hash") {
                by_record.entry(hash).or_default().push(proof);
            }
        }
        Evidence {
            signed: statements.iter().map(|_| OnceLock::new()).collect(),
            statements,
            by_subject,
            by_name: OnceLock::new(),
            proofs: by_record,
            evals: sound(evals, "eval"),
        }
    }

    pub fn statements(&self) -> &[&'a Object] {
        &self.statements
    }

    /// Rightly signed statements of a kind about something, which `fits` has nothing against.
    pub fn about<'e>(
        &'e self,
        subject: &str,
        kind: &'static str,
        fits: impl Fn(&Object) -> bool + 'e,
    ) -> impl Iterator<Item = &'a Object> + 'e {
        let places = self.by_subject.get(subject).map_or(&[][..], Vec::as_slice);
        let is_right = move |statement: &Object| statement.is("kind", &[kind]) && fits(statement);
        // A signature is looked at last: it takes longest.
        let counts = move |place: &usize| is_right(self.statements[*place]) && self.is_signed(*place);
        places.iter().copied().filter(counts).map(|place| self.statements[place])
    }

    fn is_signed(&self, place: usize) -> bool {
        *self.signed[place].get_or_init(|| verify_object(SignedKind::Statement, self.statements[place]))
    }

    /// Whether a batch of a key covers a record_hash (AR-SEAL-017).
    pub fn is_in_batch(&self, record_hash: &str, key: &str) -> bool {
        let proofs = self.proofs.get(record_hash).map_or(&[][..], Vec::as_slice);
        proofs.iter().any(|proof| {
            let named = proof.text("statement").and_then(|name| self.by_name().get(name));
            named.into_iter().flatten().any(|place| check_batch_proof(proof, self.statements[*place], key))
        })
    }

    fn by_name(&self) -> &HashMap<String, Vec<usize>> {
        self.by_name.get_or_init(|| {
            let mut found: HashMap<_, Vec<_>> = HashMap::new();
            let batches = self.statements.iter().enumerate().filter(|(_, statement)| statement.is("kind", &["batch"]));
            for (place, statement) in batches {
                found.entry(seal_hash(SignedKind::Statement, statement)).or_default().push(place);
            }
            found
        })
    }

    pub fn evals(&self) -> &[&'a Object] {
        &self.evals
    }
}

fn sound<'a>(items: &'a [Value], schema: &str) -> Vec<&'a Object> {
    items.iter().filter(|item| is_valid(schema, item)).filter_map(Value::as_object).collect()
}
