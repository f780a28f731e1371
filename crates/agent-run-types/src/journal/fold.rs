use std::collections::{HashMap, HashSet};

use super::line::JournalFault;
use super::read::Journal;
use super::shape::COLLECTED;
use crate::hash::{nested_lists, private_members, run_hash, ErasableKind};
use crate::json::{Object, Value};
use crate::seal::steps_root;
use crate::semantics::Members;

/// The record that the lines of a journal give (spec/journal.md, The fold). `live` says that the run is known to be going on;
/// else a run that nobody ended was interrupted.
///
/// # Errors
/// The first thing that is wrong with the lines.
pub fn fold(bytes: &[u8], live: bool) -> Result<Object, JournalFault> {
    Journal::read(bytes).fold(live)
}

impl Journal {
    /// The record that the lines give, see [`fold`].
    ///
    /// # Errors
    /// The first thing that is wrong with the lines.
    pub fn fold(&self, live: bool) -> Result<Object, JournalFault> {
        self.check_lines()?;
        Ok(self.folded(live))
    }

    /// The fold of sound lines.
    pub(super) fn folded(&self, live: bool) -> Object {
        let sealed = self.sealed();
        let is_live = live && sealed.is_none();
        let (mut run, started) = self.gathered();
        if !is_live && (&run).is("status", &["pending", "running"]) {
            run.insert("status", "interrupted");
            set_default(&mut run, "ended_at", Value::Null);
        }
        let ended = (&run).list("steps").to_vec();
        let status = (&run).text("status").unwrap_or_default().to_owned();
        for step in started {
            push(&mut run, "steps", left_open(step, &status, is_live));
        }
        let cost = lower_bound((&run).list("steps"));
        set_default(&mut run, "cost", cost);
        let stated = (&run).child("provenance").cloned().unwrap_or_default();
        run.insert("provenance", provenance_of(stated, sealed, &ended));
        let fingerprint = run_hash(&run);
        if let Some(provenance) = run.get_mut("provenance").and_then(Value::as_object_mut) {
            provenance.insert("run_hash", fingerprint);
        }
        let mut private = HashMap::new();
        for line in &self.private {
            private.entry(line.hash.as_str()).or_insert(&line.members);
        }
        restore(ErasableKind::Run, &mut run, &private);
        run
    }

    /// The run as the lines leave it, and the steps that were started and never ended, in the order of their starts.
    fn gathered(&self) -> (Object, Vec<&Object>) {
        let mut lines = self.chained.iter();
        let mut run = lines.next().map(|start| start.data.clone()).unwrap_or_default();
        set_default(&mut run, "status", "running");
        run.insert("steps", Vec::new());
        let (mut started, mut order) = (HashMap::new(), Vec::new());
        let mut ended = HashSet::new();
        for line in lines {
            match line.kind.as_str() {
                "run.updated" => patch(&mut run, &line.data),
                "run.paused" => {
                    run.insert("status", "paused");
                }
                "run.resumed" => {
                    run.remove("ended_at");
                    run.remove("duration_ms");
                    run.insert("status", "running");
                }
                "step.started" => {
                    let id = (&line.data).text("id");
                    if started.insert(id, &line.data).is_none() {
                        order.push(id);
                    }
                }
                kind => {
                    if let Some((_, list)) = COLLECTED.iter().find(|(line_type, _)| *line_type == kind) {
                        push(&mut run, list, line.data.clone());
                    }
                    if kind == "step.ended" {
                        ended.insert((&line.data).text("id"));
                    }
                }
            }
        }
        let open = order.into_iter().filter(|id| !ended.contains(id));
        (run, open.map(|id| started[&id]).collect())
    }
}

fn set_default(object: &mut Object, name: &str, value: impl Into<Value>) {
    if !object.contains(name) {
        object.insert(name, value);
    }
}

fn push(object: &mut Object, list: &str, item: Object) {
    match object.get_mut(list).and_then(Value::as_array_mut) {
        Some(items) => items.push(Value::Object(item)),
        None => {
            object.insert(list, vec![Value::Object(item)]);
        }
    }
}

/// Makes the changes of run.updated, or those of its provenance.
fn patch(object: &mut Object, changes: &Object) {
    for (name, value) in changes.iter() {
        match (value, object.get_mut(name)) {
            (Value::Object(changes), Some(Value::Object(inner))) if name == "provenance" => patch(inner, changes),
            (Value::Null, _) if name != "ended_at" => {
                object.remove(name);
            }
            _ => {
                object.insert(name, value.clone());
            }
        }
    }
}

/// A step that was started and has not ended, as it stands in the record.
fn left_open(step: &Object, run_status: &str, is_live: bool) -> Object {
    let mut step = step.clone();
    if is_live || run_status == "paused" {
        set_default(&mut step, "status", "running");
        return step;
    }
    if (&step).is_given("status") && !(&step).is("status", &["pending", "running"]) {
        return step;
    }
    set_default(&mut step, "ended_at", Value::Null);
    step.insert("status", if run_status == "interrupted" { "interrupted" } else { "unknown" });
    step
}

/// The largest number of the record profile.
const MOST: f64 = 9_007_199_254_740_991.0;

/// The cost of a run for which nobody wrote one down: what its steps are known to have consumed (AR-COST-010).
fn lower_bound(steps: &[Value]) -> Object {
    let sum = |name: &str| {
        let stated = steps.iter().filter_map(|step| step.get("cost")?.get(name)?.as_f64());
        stated.fold(None, |sum, number| Some(sum.unwrap_or(0.0) + number)).filter(|sum| *sum <= MOST)
    };
    let (input, output, money) = (sum("input_tokens"), sum("output_tokens"), sum("cost_usd"));
    let is_known = input.is_some() || output.is_some() || money.is_some();
    let mut cost: Object = [("input_tokens", input), ("output_tokens", output)].into_iter().collect();
    if let Some(money) = money {
        cost.insert("cost_usd", money);
    }
    cost.insert("basis", if is_known { "lower_bound" } else { "unknown" });
    cost
}

/// The provenance of the lines, with what run.sealed says of the seal beyond them.
fn provenance_of(mut provenance: Object, sealed: Option<&Object>, ended: &[Value]) -> Object {
    let Some(sealed) = sealed else {
        // Without a signature it would look like a stripped one.
        provenance.remove("signed_by");
        return provenance;
    };
    let Some(stated) = sealed.child("provenance") else {
        return provenance;
    };
    for name in ["journal_head", "sealed_at", "record_hash", "signature"] {
        if let Some(value) = stated.get(name) {
            provenance.insert(name, value.clone());
        }
    }
    if let Some(key) = stated.get("signed_by") {
        set_default(&mut provenance, "signed_by", key.clone());
    }
    if stated.has("steps_count") || stated.has("steps_root") {
        let steps = steps_root(ended);
        if stated.has("steps_count") {
            provenance.insert("steps_count", steps.count as f64);
        }
        if stated.has("steps_root") {
            provenance.insert("steps_root", steps.root);
        }
    }
    provenance
}

/// Puts back the private members that there are lines for, of an object and of what is inside it.
fn restore(kind: ErasableKind, object: &mut Object, private: &HashMap<&str, &Object>) {
    for &(list, inner) in nested_lists(kind) {
        for item in object.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(item) = item.as_object_mut() {
                restore(inner, item, private);
            }
        }
    }
    let Some(line) = (&*object).text("private_hash").map(|hash| private.get(hash)) else {
        return;
    };
    object.remove("salt");
    for name in private_members(kind) {
        object.remove(name);
    }
    let belongs = |name: &str| name == "salt" || private_members(kind).contains(&name);
    // Only what this kind of object keeps private may come from outside the chain.
    if let Some(line) = line.filter(|line| line.keys().all(belongs)) {
        for (name, value) in line.iter() {
            object.insert(name, value.clone());
        }
    }
}
