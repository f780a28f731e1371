// Generated from spec/registry.md by "npm run gen". Do not edit.

use crate::vocabulary::open_vocabulary;

open_vocabulary! {
    /// Values of `RelatedRun::relation`: those registered, or any other.
    Relation {
        /// Tries the other run again.
        RetryOf = "retry_of",
        /// Goes on where the other run stopped.
        Resumes = "resumes",
        /// A further piece of the same work.
        Continues = "continues",
        /// Repeats the other run from its record.
        Replays = "replays",
        /// Starts from a copy of the other run's history.
        Forks = "forks",
        /// Is to be compared with the other run.
        Baseline = "baseline",
        /// Was started by an event of the other run.
        Follows = "follows",
    }
}

open_vocabulary! {
    /// Values of `AgentRun::error_type` and `Step::error_type`: those registered, or any other.
    ErrorType {
        /// A tool reported a failure.
        ToolFailed = "tool_failed",
        /// A time limit was reached.
        Timeout = "timeout",
        /// A provider refused for load.
        RateLimited = "rate_limited",
        /// A provider failed.
        ProviderError = "provider_error",
        /// A provider refused the request as malformed.
        InvalidRequest = "invalid_request",
        /// A tool refused its arguments.
        InvalidArguments = "invalid_arguments",
        /// Something named does not exist.
        NotFound = "not_found",
        /// A person, policy or system refused.
        PermissionDenied = "permission_denied",
        /// Somebody stopped it.
        Cancelled = "cancelled",
        /// It ended without anybody ending it.
        Interrupted = "interrupted",
        /// The context window was exceeded.
        ContextOverflow = "context_overflow",
        /// A limit on steps, tokens or money was reached.
        BudgetExceeded = "budget_exceeded",
        /// A connection failed.
        Network = "network",
        /// The sandbox prevented it.
        Sandbox = "sandbox",
        /// A stage of a workflow failed.
        StageFailed = "stage_failed",
        /// An output did not meet its contract.
        OutputInvalid = "output_invalid",
        /// A judge or quorum was not confident enough.
        LowConfidence = "low_confidence",
        /// Too much had to be escalated.
        HighEscalation = "high_escalation",
        /// Too few of the offered skills were used.
        LowSkillActivation = "low_skill_activation",
        /// The runtime itself failed.
        Internal = "internal",
    }
}

open_vocabulary! {
    /// Values of `ApprovalEvent::risk`: those registered, or any other.
    Risk {
        /// Little can go wrong.
        Low = "low",
        /// Damage is possible and can be undone.
        Medium = "medium",
        /// Damage is likely or hard to undo.
        High = "high",
        /// Damage would be severe and lasting.
        Critical = "critical",
    }
}

open_vocabulary! {
    /// Values of `SideEffect::kind` and `Tool::declared_effect`: those registered, or any other.
    SideEffectKind {
        /// Nothing was changed or touched.
        None = "none",
        /// Something was read.
        Read = "read",
        /// Something was created or changed.
        Write = "write",
        /// Something was removed.
        Delete = "delete",
        /// A command or program was executed.
        Exec = "exec",
        /// A host was contacted, where nothing more specific fits.
        Network = "network",
        /// Something was published or put into operation.
        Deploy = "deploy",
        /// Money was moved.
        Payment = "payment",
        /// Somebody was written to.
        Message = "message",
        /// A credential was used, created or changed.
        Credential = "credential",
        /// Something was put into a timetable.
        Schedule = "schedule",
        /// The agent's lasting memory was read or changed.
        Memory = "memory",
        /// A process was started, signalled or stopped.
        Process = "process",
    }
}

open_vocabulary! {
    /// Values of `SideEffect::target_kind`: those registered, or any other.
    TargetKind {
        /// File or folder.
        File = "file",
        /// Version-controlled repository.
        Repo = "repo",
        /// Ticket or issue.
        Ticket = "ticket",
        /// Pull or merge request.
        PullRequest = "pull_request",
        /// Web page in a browser.
        Browser = "browser",
        /// Web address.
        Url = "url",
        /// Database.
        Database = "database",
        /// Cloud resource.
        Cloud = "cloud",
        /// Internal or external service.
        Service = "service",
        /// Package in a registry.
        Package = "package",
        /// Credential.
        Credential = "credential",
        /// The agent's memory.
        Memory = "memory",
        /// Process.
        Process = "process",
        /// Command line.
        Command = "command",
        /// Person.
        Person = "person",
        /// Channel or mailing list.
        Channel = "channel",
        /// Calendar or timetable.
        Calendar = "calendar",
    }
}

open_vocabulary! {
    /// Values of `Artifact::kind`: those registered, or any other.
    ArtifactKind {
        /// File.
        File = "file",
        /// Folder.
        Folder = "folder",
        /// Commit.
        Commit = "commit",
        /// Pull or merge request.
        PullRequest = "pull_request",
        /// Package.
        Package = "package",
        /// Container or machine image.
        Image = "image",
        /// Dataset.
        Dataset = "dataset",
        /// Report.
        Report = "report",
        /// Result of an action in a browser.
        BrowserAction = "browser_action",
        /// Message.
        Message = "message",
    }
}

open_vocabulary! {
    /// Values of `Tool::kind` and `BenchTool::kind`: those registered, or any other.
    ToolKind {
        /// Part of the runtime.
        Builtin = "builtin",
        /// Function of the application.
        Function = "function",
        /// Provided by an MCP server.
        Mcp = "mcp",
        /// Executed by the model provider.
        Provider = "provider",
        /// Another agent, offered as a tool.
        Agent = "agent",
        /// Command line.
        Shell = "shell",
    }
}

open_vocabulary! {
    /// Values of `McpServer::transport`: those registered, or any other.
    Transport {
        /// Standard input and output.
        Stdio = "stdio",
        /// Streamable HTTP.
        StreamableHttp = "streamable_http",
        /// HTTP with server-sent events (older).
        Sse = "sse",
        /// WebSocket.
        Websocket = "websocket",
        /// Inside the host.
        InProcess = "in_process",
    }
}

open_vocabulary! {
    /// Values of `Sandbox::kind`: those registered, or any other.
    SandboxKind {
        /// No isolation.
        None = "none",
        /// Container.
        Container = "container",
        /// Virtual machine.
        Vm = "vm",
        /// Operating-system sandbox (seatbelt, landlock, seccomp).
        Os = "os",
        /// WebAssembly.
        Wasm = "wasm",
        /// A machine elsewhere.
        Remote = "remote",
    }
}

open_vocabulary! {
    /// Values of `Checkpoint::kind`: those registered, or any other.
    CheckpointKind {
        /// Commit.
        GitCommit = "git_commit",
        /// Stash.
        GitStash = "git_stash",
        /// Snapshot of a file system or machine.
        Snapshot = "snapshot",
        /// Database backup or savepoint.
        Database = "database",
        /// State of the conversation.
        Conversation = "conversation",
        /// Copies of files kept by the runtime.
        FileHistory = "file_history",
    }
}

open_vocabulary! {
    /// Values of `Evidence::kind`: those registered, or any other.
    EvidenceKind {
        /// Tests.
        Test = "test",
        /// Eval.
        Eval = "eval",
        /// Trace.
        Trace = "trace",
        /// Check in a browser.
        BrowserCheck = "browser_check",
        /// Static check.
        Lint = "lint",
        /// Build.
        Build = "build",
        /// Benchmark.
        Benchmark = "benchmark",
        /// Review by a person or agent.
        Review = "review",
        /// Screenshot.
        Screenshot = "screenshot",
        /// Log.
        Log = "log",
        /// Check that an effect really happened.
        Postcondition = "postcondition",
    }
}

open_vocabulary! {
    /// Values of `Cost::unit`: those registered, or any other.
    Unit {
        /// Credits of a provider.
        Credits = "credits",
        /// Premium requests.
        PremiumRequests = "premium_requests",
        /// Seconds of compute.
        ComputeSeconds = "compute_seconds",
        /// Euro.
        Eur = "eur",
        /// Pound sterling.
        Gbp = "gbp",
        /// Yen.
        Jpy = "jpy",
        /// Yuan.
        Cny = "cny",
    }
}

open_vocabulary! {
    /// Values of `Statement::kind`: those registered, or any other.
    StatementKind {
        /// Another party has seen this record at this time.
        Countersignature = "countersignature",
        /// Private members of this record were erased.
        Tombstone = "tombstone",
        /// A child of this record has this record_hash.
        Link = "link",
        /// These records are sealed together.
        Batch = "batch",
        /// This key follows that one.
        Rotation = "rotation",
        /// This key or decision no longer counts.
        Revocation = "revocation",
        /// A decision made after the seal.
        LateDecision = "late_decision",
    }
}

open_vocabulary! {
    /// Values of `JournalLine::type`: those registered, or any other.
    JournalType {
        /// The run began; always line 0.
        RunStarted = "run.started",
        /// Members of the run changed.
        RunUpdated = "run.updated",
        /// The run was paused, to go on later.
        RunPaused = "run.paused",
        /// Somebody goes on writing where the journal stopped.
        RunResumed = "run.resumed",
        /// The record was sealed; always the last line.
        RunSealed = "run.sealed",
        /// A step began; for display, not part of the record.
        StepStarted = "step.started",
        /// A step became final.
        StepEnded = "step.ended",
        /// An approval event happened.
        Approval = "approval",
        /// A policy decision was made.
        PolicyDecision = "policy_decision",
        /// Something was produced.
        Artifact = "artifact",
        /// Something speaks about the result.
        Evidence = "evidence",
        /// A signed head: how far the journal has come.
        Head = "head",
    }
}
