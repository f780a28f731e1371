// Generated from schemas/openapi.yaml by "npm run gen". Do not edit.
export interface paths {
    "/.well-known/agent-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the server speaks, has and takes */
        get: operations["getServerInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server can work
         * @description Writes to its store and reads it back.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters for Prometheus
         * @description From the machine itself without a key, from elsewhere with one that has `admin`. They name no tenant and no run.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs, newest first
         * @description A run is listed if all filters hold. The filters from `tool` on belong to the capability `query`; spec/query.md says what each of them means.
         */
        get: operations["listRuns"];
        put?: never;
        /**
         * Store a run
         * @description The same record again, its eval aside, changes nothing and is answered in the same way.
         */
        post: operations["postRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store many runs
         * @description Each line is a record and is answered in its own line, as POST of it alone would be.
         */
        post: operations["postRunBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens to runs
         * @description Server-sent events: `id` is opaque, `event` is the type, `data` is a RunEvent. A comment comes at least every 15 seconds. Without `Accept: text/event-stream` this is GET of the run called `stream`.
         */
        get: operations["streamRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a run
         * @description The record as it was received, equal in canonical form. Of a live run: what its journal says so far.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /**
         * Erase a run
         * @description `private` removes the private members and salts, also from its journal and earlier bodies, and leaves every seal valid. `record` removes everything; the id is answered with 410 from then on.
         */
        delete: operations["eraseRun"];
        options?: never;
        head?: never;
        /**
         * Change an unsealed run
         * @description JSON merge patch (RFC 7396). Members that are not named stay as they are, and `run_hash` is computed anew. The answer is the record, so the key has to be one that reads.
         */
        patch: operations["patchRun"];
        trace?: never;
    };
    "/api/v1/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the journal of a run
         * @description The lines as they were received, octet for octet.
         */
        get: operations["getEvents"];
        put?: never;
        /**
         * Append to the journal of a run
         * @description All lines of the request are stored, or none. Lines that the server has already are skipped.
         */
        post: operations["appendEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page the final steps of a run */
        get: operations["listSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/provenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a record comes from, and what was said about it */
        get: operations["getProvenance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify what is stored
         * @description By the trust file of the server.
         */
        get: operations["verifyRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prove one step of a sealed run */
        get: operations["proveStep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/eval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Attach a judgement
         * @description It becomes the `eval` of the record. Hashes and everything else stay; earlier ones are kept.
         */
        put: operations["putEval"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/evals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The judgements of a run, earlier ones first */
        get: operations["listEvals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/approvals/{approval_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide an approval
         * @description The event is signed by who decides. A server with a trust file asks for the key of an approver. The first decision stands; who decided in a run that is over came too late.
         */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two runs
         * @description Configuration first, then where they part, then their steps side by side.
         */
        get: operations["diffRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Artifacts over several runs
         * @description Those of the newest run first. One of `turn_id`, `run_id` and `digest` is needed.
         */
        get: operations["listArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests and decisions
         * @description Newest first.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mcp-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * MCP servers that steps ran on
         * @description By name.
         */
        get: operations["listMcpServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Judged runs in groups, best first */
        get: operations["getLeaderboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Actor
         * @description Who decided or asked.
         */
        Actor: {
            /**
             * @description What kind of actor.
             * @example human
             * @enum {string}
             */
            kind: "human" | "agent" | "unknown";
            /**
             * @description Identifier of the actor.
             * @example rm@example.org
             */
            id?: string;
            /**
             * @description Name of the actor.
             * @example Release manager
             */
            name?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * AgentRun
         * @description The record of one piece of work of an AI agent, from its trigger until the agent yields: what it was given, what it did, who allowed it, what changed, what it cost, whether it worked and how to undo it.
         */
        AgentRun: {
            /**
             * @description Identifier of the run, chosen by its producer. 1 to 256 characters without control characters are portable.
             * @example 8b1f6d0e-3f5a-4b0e-9d6f-1f1f0b1c2d3e
             * @example run_2291
             */
            id: string;
            /**
             * @description Version of this standard the record was written for. A record without it is a 0.1 record.
             * @example 1.0
             */
            spec_version?: string;
            /**
             * @description Groups runs of one session or conversation. A session is not an object of its own.
             * @example sess-41c0
             */
            session_id?: string;
            /**
             * @description The human's turn that this work belongs to; inherited by child runs and by runs that an event of this work starts.
             * @example t-8
             */
            turn_id?: string;
            /**
             * @description Task or ticket this run works on.
             * @example TASK-117
             */
            task_id?: string | null;
            /**
             * @description Job, queue entry or workflow execution that contains this run.
             * @example nightly-2026-11-20
             */
            job_id?: string;
            /**
             * @description Tenant or workspace the run belongs to.
             * @example acme
             */
            workspace_id?: string | null;
            /**
             * @description Id of the run that started this one. The checkable link is `provenance.parents`.
             * @example run_2290
             */
            parent_run_id?: string | null;
            /** @description Other runs this one stands in a named relation to: a retry, a continuation, a baseline. */
            related?: components["schemas"]["RelatedRun"][];
            /** @description Where the same work is described elsewhere: trace, span, web pages. */
            links?: components["schemas"]["Links"];
            /**
             * @description Short labels for filtering. Public: no personal data.
             * @example [
             *       "release",
             *       "nightly"
             *     ]
             */
            tags?: string[];
            /**
             * @description Identifier of the agent or application. `unknown` is reserved for a source that does not say.
             * @example release-bot
             */
            agent_id: string;
            /**
             * @description Name of the agent for people.
             * @example Release bot
             */
            agent_name?: string | null;
            /**
             * @description Version of the agent or application.
             * @example 2.3.1
             */
            agent_version?: string;
            /**
             * @description Role of the agent in a larger arrangement, in the runtime's own words.
             * @example supervisor
             * @example worker
             * @example judge
             */
            agent_role?: string;
            /**
             * @description Software that executed the agent.
             * @example claude-code
             * @example mission-control
             */
            runtime?: string | null;
            /**
             * @description Version of the runtime.
             * @example 2.1.38
             */
            runtime_version?: string | null;
            /**
             * @description Model that was requested, as the provider names it. What answered stands on each model_call step.
             * @example claude-sonnet-4-5
             */
            model?: string | null;
            /**
             * @description Provider of the model.
             * @example anthropic
             * @example openai
             */
            provider?: string | null;
            /** @description Settings the model was asked to run with. */
            model_config?: components["schemas"]["ModelConfig"];
            /**
             * @description Version or digest of the prompt template or instructions.
             * @example release-prompt@14
             */
            prompt_version?: string;
            /**
             * @description State of the run. `cancelled`: someone with authority stopped it. `interrupted`: it just ended. `unknown`: the source does not say.
             * @example completed
             * @enum {string}
             */
            status: "pending" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timeout" | "interrupted" | "unknown";
            /**
             * @description What came of the work, as judged by the runtime or a person; independent of `status`.
             * @example success
             * @enum {string|null}
             */
            outcome?: "success" | "failed" | "partial" | "abandoned" | "escalated" | "rolled_back" | null;
            /**
             * @description What started the run.
             * @example manual
             * @enum {string|null}
             */
            trigger?: "manual" | "cron" | "webhook" | "agent" | "pipeline" | "queue" | "event" | null;
            /**
             * @description When the run began. `null`: unknown.
             * @example 2026-11-20T14:02:11.480Z
             */
            started_at: string | null;
            /**
             * @description When the run reached its terminal status. `null`: unknown; absent: not ended.
             * @example 2026-11-20T14:09:03Z
             */
            ended_at?: string | null;
            /**
             * @description Wall-clock duration in milliseconds.
             * @example 400520
             */
            duration_ms?: number | null;
            /**
             * @description Why the run did not succeed, in words. Private.
             * @example npm publish exited with code 1
             */
            error?: string | null;
            /**
             * @description Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example tool_failed
             * @example timeout
             * @example rate_limited
             */
            error_type?: string;
            /**
             * @description Beginning of what was asked. At most 2,000 code points; recorders cut it. Private.
             * @example Publish the beta of the parser package
             */
            input_preview?: string;
            /**
             * @description Beginning of the answer. At most 2,000 code points; recorders cut it. Private.
             * @example Published 2.3.1-beta.0 after two retries.
             */
            output_preview?: string;
            /** @description Full inputs, kept elsewhere and named by digest. Private. */
            input_refs?: components["schemas"]["ContentRef"][];
            /** @description Full outputs, kept elsewhere and named by digest. Private. */
            output_refs?: components["schemas"]["ContentRef"][];
            /**
             * @description The agent's own statement of what it is doing. Private.
             * @example Publish the package to the beta channel
             */
            intent?: string;
            /**
             * @description Names of the tools as they were offered to the model.
             * @example [
             *       "Bash",
             *       "Edit",
             *       "mcp__github__create_issue"
             *     ]
             */
            tools_available?: string[];
            /** @description What was mounted for this run: tools, MCP servers, skills, providers. What exists, not what was allowed. */
            inventory?: components["schemas"]["Inventory"];
            /** @description What this run was allowed to do, and its limits. */
            permissions?: components["schemas"]["Permissions"];
            /** @description Isolation the run executed in. */
            sandbox?: components["schemas"]["Sandbox"];
            /** @description Policies in force during the run. */
            policies?: components["schemas"]["PolicyRef"][];
            /** @description Repository, folder and files the run was about. */
            scope?: components["schemas"]["Scope"];
            /**
             * @description Branch checked out when the run started.
             * @example main
             */
            git_branch?: string | null;
            /**
             * @description Commit checked out when the run started.
             * @example 4c1e9f20
             */
            git_commit?: string | null;
            /** @description How the agent was installed and configured, by reference. */
            setup?: components["schemas"]["Setup"];
            /** @description What the agent, its model and people did, in the order in which the steps became final. */
            steps: components["schemas"]["Step"][];
            /** @description Decisions by people, and the requests that led to them. */
            approvals?: components["schemas"]["ApprovalEvent"][];
            /** @description Decisions by machines: rules, guards, hooks, classifiers, sandboxes. */
            policy_decisions?: components["schemas"]["PolicyDecision"][];
            /** @description Files and other things the run created, changed or deleted. */
            artifacts?: components["schemas"]["Artifact"][];
            /** @description States one can go back to. */
            checkpoints?: components["schemas"]["Checkpoint"][];
            /** @description Tests, evals, traces and checks that speak about the result. */
            evidence?: components["schemas"]["Evidence"][];
            /** @description What can still be done about this run: stop, retry, roll back, clean up and so on. */
            recovery?: components["schemas"]["Recovery"];
            /** @description A judgement of the run. It comes after the run, has its own seal and is not covered by the run's. */
            eval?: components["schemas"]["EvalResult"];
            /** @description What the run itself consumed, without its child runs. */
            cost: components["schemas"]["Cost"];
            /** @description Fingerprint, lineage, seal and signature of the record. */
            provenance: components["schemas"]["Provenance"];
            /** @description Where a converted record came from. Absent for a record written by the runtime itself. */
            source?: components["schemas"]["Source"];
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ApprovalEntry
         * @description One approval: what was asked, and what was decided.
         */
        ApprovalEntry: {
            /**
             * @description Run that asks.
             * @example run_2292
             */
            run_id: string;
            /**
             * @description Identifier of the approval within the run.
             * @example appr-3
             */
            approval_id: string;
            /**
             * @description Where the approval stands: the last event.
             * @example approved
             * @enum {string}
             */
            state: "requested" | "approved" | "denied" | "expired" | "cancelled" | "escalated" | "revoked";
            /** @description What was asked. Absent: no request is recorded. */
            request?: components["schemas"]["ApprovalEvent"];
            /** @description What followed the request, oldest first: events of the record, then decisions sent to the server. */
            decisions: components["schemas"]["ApprovalEvent"][];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ApprovalEvent
         * @description A person, or a person's delegate, is asked for or gives a decision.
         */
        ApprovalEvent: {
            /**
             * @description Identifier of the approval; the events of one approval share it.
             * @example ap-7
             */
            approval_id: string;
            /**
             * @description What happened.
             * @example approved
             * @enum {string}
             */
            event: "requested" | "approved" | "denied" | "expired" | "cancelled" | "escalated" | "revoked";
            /**
             * @description Run in which the decision counts.
             * @example run_2292
             */
            run_id?: string;
            /**
             * @description Step that the decision is about.
             * @example s-29
             */
            step_id?: string;
            /**
             * @description Tool call that the decision is about.
             * @example toolu_01BxJ
             */
            tool_call_id?: string;
            /**
             * @description When it happened.
             * @example 2026-11-20T14:08:12Z
             */
            at: string;
            /**
             * @description Until when the decision may be used.
             * @example 2026-11-20T15:08:12Z
             */
            expires_at?: string;
            /** @description Who decided or asked. */
            actor?: components["schemas"]["Actor"];
            /**
             * @description Role that the decision needs.
             * @example release_manager
             */
            required_role?: string;
            /**
             * @description How risky the action was said to be. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example high
             */
            risk?: string;
            /**
             * @description Why, in the person's words. Private.
             * @example ok for beta
             */
            reason?: string;
            /**
             * @description SHA-256 of what the person was shown. Private.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            presentation_digest?: string;
            /**
             * @description Digest of kind `action`: exactly the call that was approved.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            action_hash?: string;
            /**
             * @description Digest of kind `action` of the call as the person changed it.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            modified_action_hash?: string;
            /**
             * @description Digest of kind `approval` over the request this answers.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            request_hash?: string;
            /** @description A standing permission given with the decision. */
            grant?: components["schemas"]["Grant"];
            /**
             * @description Policy decision that asked for a person.
             * @example pd-3
             */
            decision_id?: string;
            /**
             * @description True if the decision ended the run.
             * @example false
             */
            stops_run?: boolean;
            /**
             * @description `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
             * @example observed
             * @enum {string}
             */
            basis?: "observed" | "inferred";
            /**
             * @description Key of the approver: an Ed25519 did:key.
             * @example did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
             */
            signed_by?: string;
            /**
             * @description Ed25519 signature of kind `approval`: 88 base64 characters.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==
             */
            signature?: string;
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ApprovalPage
         * @description Approvals over several runs, newest first.
         */
        ApprovalPage: {
            /** @description The approvals of this page. */
            approvals: components["schemas"]["ApprovalEntry"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Artifact
         * @description A file or another thing the run created, modified or deleted.
         */
        Artifact: {
            /**
             * @description Identifier of the artifact, unique within the run.
             * @example a-3
             */
            id: string;
            /**
             * @description Name or path. Private.
             * @example dist/pkg.tgz
             */
            name?: string;
            /**
             * @description Kind of thing. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example file
             * @example pull_request
             * @example dataset
             */
            kind?: string;
            /**
             * @description What happened to it.
             * @example created
             * @enum {string}
             */
            action?: "created" | "modified" | "deleted";
            /**
             * @description Step that did it.
             * @example s-27
             */
            step_id?: string;
            /** @description Its content. Private. */
            content?: components["schemas"]["ContentRef"];
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ArtifactEntry
         * @description One artifact and the run it belongs to.
         */
        ArtifactEntry: {
            /**
             * @description Run whose record lists the artifact.
             * @example run_2292
             */
            run_id: string;
            /**
             * @description The human's turn that the run belongs to.
             * @example t-8
             */
            turn_id?: string;
            /**
             * @description Agent of the run.
             * @example release-bot
             */
            agent_id: string;
            /**
             * @description When the artifact was made: its own time if it has one, else the start of the run.
             * @example 2026-11-20T14:02:11.480Z
             */
            at?: string;
            /** @description The artifact as the record lists it. */
            artifact: components["schemas"]["Artifact"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ArtifactPage
         * @description Artifacts over several runs, those of the newest run first.
         */
        ArtifactPage: {
            /** @description The artifacts of this page. */
            artifacts: components["schemas"]["ArtifactEntry"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * BatchResult
         * @description What became of one line of a batch.
         */
        BatchResult: {
            /**
             * @description Number of the line in the request, from 1.
             * @example 1
             */
            line: number;
            /**
             * @description HTTP status that POST of this line alone would have been answered with.
             * @example 201
             */
            status: number;
            /** @description What is stored, if the line was accepted. */
            receipt?: components["schemas"]["RunReceipt"];
            /** @description What is wrong, if it was not. */
            problem?: components["schemas"]["Problem"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Check
         * @description The result of one check.
         */
        Check: {
            /**
             * @description What was checked.
             * @example record
             * @enum {string}
             */
            check: "schema" | "semantics" | "run_hash" | "steps" | "record" | "signature" | "signer" | "approvals" | "lineage" | "journal" | "evals" | "erasures";
            /**
             * @description `pass`: compared, and right. `fail`: compared, and wrong. `absent`: the record has nothing to compare. `unknown`: there is something, and what is needed to compare it is missing. `skipped`: an earlier failure makes it pointless.
             * @example pass
             * @enum {string}
             */
            result: "pass" | "fail" | "absent" | "unknown" | "skipped";
            /**
             * @description The result in one sentence for people.
             * @example record_hash recomputed over 31 steps
             */
            detail: string;
            /**
             * @description Number of comparisons that were made; at least 1 for `pass`.
             * @example 1
             */
            compared: number;
            /**
             * @description What is wrong or missing: spec/errors.md.
             * @example record.mismatch
             */
            code?: string;
            /**
             * @description JSON Pointer to the place.
             * @example /provenance/record_hash
             */
            path?: string;
            /**
             * @description What was expected.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            expected?: string;
            /**
             * @description What was found.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            found?: string;
            /** @description Findings behind the result: those of the schema and of the semantic rules. */
            findings?: components["schemas"]["Finding"][];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Checkpoint
         * @description A state one can go back to.
         */
        Checkpoint: {
            /**
             * @description When it was taken, relative to the run.
             * @example before
             * @enum {string}
             */
            when: "before" | "during" | "after";
            /**
             * @description Kind of checkpoint. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example git_commit
             * @example snapshot
             */
            kind?: string;
            /**
             * @description Where it is: commit, snapshot id, path.
             * @example 4c1e9f20
             */
            ref?: string;
            /**
             * @description When it was taken.
             * @example 2026-11-20T14:02:11.480Z
             */
            at?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Completeness
         * @description Whether a record is whole, or how far it goes.
         */
        Completeness: {
            /**
             * @description `sealed`: nothing was changed since it was sealed. `checkpointed`: a signed head of the journal covers lines 0 to `n`. `interrupted`: the run just ended. `open`: it is still going on. `unsealed`: it has ended, and nothing protects it.
             * @example sealed
             * @enum {string}
             */
            state: "sealed" | "interrupted" | "checkpointed" | "open" | "unsealed";
            /**
             * @description Number of the last journal line that the last good head covers.
             * @example 16
             */
            n?: number;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ContentRef
         * @description Content kept elsewhere, named by its digest.
         */
        ContentRef: {
            /**
             * @description SHA-256 of the bytes as stored.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            digest?: string;
            /**
             * @description Size in bytes.
             * @example 48211
             */
            size?: number;
            /**
             * @description Media type (RFC 6838).
             * @example application/json
             */
            media_type?: string;
            /**
             * @description Where it can be fetched. Nothing fetches it by itself.
             * @example file:dist/pkg.tgz
             */
            uri?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Cost
         * @description What was consumed: tokens and money. Own consumption only; that of child runs is found by walking to them. `null` means unknown, never zero.
         */
        Cost: {
            /**
             * @description Tokens read by the model, **cached ones included**. `null`: unknown.
             * @example 412000
             */
            input_tokens: number | null;
            /**
             * @description Tokens written by the model, reasoning included. `null`: unknown.
             * @example 9100
             */
            output_tokens: number | null;
            /**
             * @description Part of `input_tokens` that was read from a prompt cache, in tokens.
             * @example 388000
             */
            cache_read_tokens?: number | null;
            /**
             * @description Part of `input_tokens` that was written to a prompt cache, in tokens.
             * @example 5200
             */
            cache_write_tokens?: number | null;
            /**
             * @description Part of `cache_write_tokens` kept for five minutes, in tokens.
             * @example 5200
             */
            cache_write_5m_tokens?: number;
            /**
             * @description Part of `cache_write_tokens` kept for one hour, in tokens.
             * @example 1
             */
            cache_write_1h_tokens?: number;
            /**
             * @description Part of `output_tokens` spent on reasoning, in tokens.
             * @example 2300
             */
            reasoning_tokens?: number;
            /**
             * @description `input_tokens` + `output_tokens`, in tokens.
             * @example 421100
             */
            total_tokens?: number | null;
            /**
             * @description Cost in US dollars.
             * @example 0.42
             */
            cost_usd?: number | null;
            /**
             * @description Cost in `unit`, where it is not in US dollars.
             * @example 3.5
             */
            amount?: number;
            /**
             * @description Unit of `amount`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example credits
             * @example eur
             * @example premium_requests
             */
            unit?: string;
            /**
             * @description Model this consumption belongs to.
             * @example claude-sonnet-4-5
             */
            model?: string | null;
            /** @description The same consumption split by model; adds up to this object. */
            by_model?: components["schemas"]["Cost"][];
            /**
             * @description Where the token counts come from. `lower_bound`: at least this many.
             * @example reported
             * @enum {string}
             */
            basis?: "reported" | "computed" | "lower_bound" | "unknown";
            /**
             * @description Where the price comes from.
             * @example reported
             * @enum {string}
             */
            price_basis?: "reported" | "computed" | "unknown";
            /**
             * @description Price list and matched model behind a computed price.
             * @example @pydantic/genai-prices@0.0.40 claude-sonnet-4-5
             */
            price_source?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Criterion
         * @description One criterion of a judgement.
         */
        Criterion: {
            /**
             * @description Name of the criterion.
             * @example tests pass
             */
            name: string;
            /**
             * @description Whether it was met.
             * @example true
             */
            pass?: boolean;
            /**
             * @description Score from 0 to 100.
             * @example 100
             */
            score?: number;
            /**
             * @description Result in words.
             * @example excellent
             */
            label?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Decider
         * @description What made a policy decision.
         */
        Decider: {
            /**
             * @description What kind of decider.
             * @example rule
             * @enum {string}
             */
            kind: "rule" | "policy" | "hook" | "classifier" | "guard" | "sandbox";
            /**
             * @description Identifier of the decider.
             * @example no-rm
             */
            id?: string;
            /**
             * @description Version of the decider.
             * @example 1.2.0
             */
            version?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Difference
         * @description One thing in which two runs or steps differ. Values are text as it is shown; what is no text is JSON.
         */
        Difference: {
            /**
             * @description `added`: only the later one has it. `removed`: only the earlier one has it. `changed`: both have it, with other values.
             * @example changed
             * @enum {string}
             */
            change: "added" | "removed" | "changed";
            /**
             * @description What it is: a member of the record such as `model` or `sandbox.network`, or a kind of thing such as `tool`, `policy` or `write`.
             * @example model
             * @example tool
             * @example write
             */
            name: string;
            /**
             * @description Which one of several it is: the name of a tool, a policy, a file.
             * @example Bash
             * @example src/index.ts
             */
            subject?: string;
            /**
             * @description Value in the earlier one. Absent: not recorded, or there is no more to say than that it was there.
             * @example claude-sonnet-4-5
             */
            before?: string;
            /**
             * @description Value in the later one. Absent: not recorded, or there is no more to say than that it is there.
             * @example claude-opus-4-1
             */
            after?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ErasureReceipt
         * @description What was erased of a run, and what is left.
         */
        ErasureReceipt: {
            /**
             * @description Identifier of the run.
             * @example run_2292
             */
            run_id: string;
            /**
             * @description What was erased: the private members and salts, or everything.
             * @example private
             * @enum {string}
             */
            scope: "private" | "record";
            /**
             * @description When it was erased, by the server's clock.
             * @example 2026-11-20T14:02:11.480Z
             */
            erased_at: string;
            /**
             * @description SHA-256 of the octets that GET answers now. Only after `private`.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            etag?: string;
            /** @description The server's signed statement that it erased. */
            tombstone?: components["schemas"]["Statement"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * EvalPage
         * @description The judgements of a run.
         */
        EvalPage: {
            /** @description Judgements in the order in which the server received them. The last one is the current one, which stands in the record. */
            evals: components["schemas"]["EvalResult"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * EvalResult
         * @description A judgement of a run: did it work, how well, by which criteria. It comes after the run and has its own seal.
         */
        EvalResult: {
            /**
             * @description Whether the acceptance criteria were met.
             * @example true
             */
            pass: boolean;
            /**
             * @description Score from 0 to 100.
             * @example 87.5
             */
            score: number;
            /**
             * @description Kind of task that was judged.
             * @example code_review
             */
            task_type?: string | null;
            /**
             * @description Layer of the judgement: unit, trajectory, outcome and so on.
             * @example outcome
             */
            eval_layer?: string | null;
            /**
             * @description What was expected.
             * @example package published on the beta channel
             */
            expected_outcome?: string | null;
            /**
             * @description What was found.
             * @example not published: E403
             */
            actual_outcome?: string | null;
            /** @description The single criteria and how each came out. */
            criteria?: components["schemas"]["Criterion"][];
            /**
             * @description Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.
             * @example {
             *       "cost_usd": 0.42,
             *       "tool_calls": 31
             *     }
             */
            metrics?: ({
                /**
                 * @description Cost of the run in US dollars.
                 * @example 0.42
                 */
                cost_usd?: number | null;
                /**
                 * @description Duration of the run in milliseconds.
                 * @example 400520
                 */
                duration_ms?: number | null;
                /**
                 * @description Number of tool calls.
                 * @example 31
                 */
                tool_calls?: number | null;
                /**
                 * @description Number of retries.
                 * @example 2
                 */
                retries?: number | null;
                /**
                 * @description How directly the run reached its result, from 0 to 1.
                 * @example 0.82
                 */
                convergence?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /**
             * @description Run or eval that this one is a regression from.
             * @example run_2291
             */
            regression_from?: string | null;
            /**
             * @description Explanation for people.
             * @example The publish step failed on a missing scope.
             */
            detail?: string | null;
            /**
             * @description Benchmark pack and scenario.
             * @example tool-discipline/ask-before-deploy
             */
            benchmark_id?: string | null;
            /**
             * @description Who or what judged: identity, or tool and version.
             * @example judge@example.org
             * @example agent-run bench 0.9.0
             */
            evaluator?: string;
            /** @description What the judgement itself consumed; never part of the run's cost. */
            cost?: components["schemas"]["Cost"];
            /**
             * @description Run that was judged.
             * @example run_2292
             */
            run_id?: string;
            /**
             * @description `record_hash` of the sealed record that was judged.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description `document_hash` of the unsealed record that was judged.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            document_hash?: string;
            /**
             * @description When the judgement was made.
             * @example 2026-11-20T14:02:11.480Z
             */
            at?: string;
            /**
             * @description Key of the evaluator: an Ed25519 did:key.
             * @example did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
             */
            signed_by?: string;
            /**
             * @description Ed25519 signature of kind `eval`: 88 base64 characters.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==
             */
            signature?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Evidence
         * @description Something that speaks about the result: a test, an eval, a trace, a browser check.
         */
        Evidence: {
            /**
             * @description Kind of evidence. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example test
             * @example eval
             * @example trace
             * @example browser_check
             */
            kind: string;
            /**
             * @description Name for people.
             * @example npm test
             */
            name?: string;
            /**
             * @description What it said.
             * @example pass
             * @enum {string}
             */
            result?: "pass" | "fail" | "partial" | "skipped" | "unknown";
            /**
             * @description Where it is: URL, path or digest. Nothing fetches it by itself.
             * @example https://ci.example.org/jobs/117
             */
            ref?: string;
            /**
             * @description Step that produced it.
             * @example s-18
             */
            step_id?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Finding
         * @description One thing a validator has to say.
         */
        Finding: {
            /**
             * @description What was found: spec/errors.md.
             * @example schema.enum
             */
            code: string;
            /**
             * @description An error makes the record invalid, a warning does not.
             * @example error
             * @enum {string}
             */
            severity: "error" | "warning";
            /**
             * @description JSON Pointer to the place; empty for the whole record.
             * @example /status
             * @example
             */
            path: string;
            /**
             * @description What was found and what was expected.
             * @example found "done", expected one of completed, failed
             */
            message: string;
            /**
             * @description Sentence of the standard behind it.
             * @example AR-RUN-004
             */
            requirement?: string;
            /**
             * @description Values that would have been accepted.
             * @example [
             *       "completed",
             *       "failed"
             *     ]
             */
            allowed?: string[];
            /**
             * @description What was probably meant.
             * @example completed
             */
            suggestion?: string;
            /** @description Where the strict reader stopped. */
            position?: components["schemas"]["TextPosition"];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Grant
         * @description A standing permission given with a decision: later calls of the same tool, server and definition are `auto_approved`.
         */
        Grant: {
            /**
             * @description How far it reaches.
             * @example session
             * @enum {string}
             */
            scope: "session" | "always";
            /**
             * @description Tool it covers.
             * @example Bash
             */
            tool_name?: string;
            /**
             * @description MCP server it covers.
             * @example github
             */
            mcp_server?: string;
            /**
             * @description Definition of the tool it covers.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            tool_hash?: string;
            /**
             * @description Session it is limited to.
             * @example sess-41c0
             */
            session_id?: string;
            /**
             * @description Rule as the runtime keeps it. Shown, never evaluated.
             * @example Bash(npm test:*)
             */
            rule?: string;
            /**
             * @description Until when it counts.
             * @example 2026-11-20T18:00:00Z
             */
            expires_at?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Health
         * @description The server lives, or is ready to work.
         */
        Health: {
            /**
             * @description Always `ok`; a server that is not ready answers with a Problem.
             * @example ok
             * @enum {string}
             */
            status: "ok";
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Inventory
         * @description What was mounted for a run: what exists, not what was allowed. Either the lists, or a reference to them.
         */
        Inventory: {
            /** @description Tools as offered to the model. */
            tools?: components["schemas"]["Tool"][];
            /** @description MCP servers. */
            mcp_servers?: components["schemas"]["McpServer"][];
            /** @description Skills, plugins and modules. */
            skills?: components["schemas"]["Skill"][];
            /** @description Model providers. */
            providers?: components["schemas"]["ModelProvider"][];
            /** @description The same lists, kept elsewhere. */
            ref?: components["schemas"]["ContentRef"];
            /**
             * @description When the inventory was taken.
             * @example 2026-11-20T14:02:11.480Z
             */
            at?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * JournalAck
         * @description How far the server has the journal of a run. Everything up to there is stored.
         */
        JournalAck: {
            /**
             * @description Identifier of the run.
             * @example run_2292
             */
            run_id: string;
            /**
             * @description Number of the last chained line that is stored.
             * @example 16
             */
            seq: number;
            /**
             * @description Digest of the octets of that line: `prev` of the next one.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            head: string;
            /**
             * @description State of the run after that line.
             * @example running
             * @enum {string}
             */
            status: "pending" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timeout" | "interrupted" | "unknown";
            /**
             * @description `record_hash` of the record that the journal gave, once `run.sealed` is stored.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /** @description Warnings about the record, once `run.sealed` is stored. */
            findings?: components["schemas"]["Finding"][];
            /** @description Countersignature of the server, once `run.sealed` is stored. Only from a server with a key. */
            received?: components["schemas"]["Statement"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * JournalLine
         * @description One chained line of a journal: an event of a run that is going on, tied to the line before it.
         */
        JournalLine: {
            /**
             * @description Number of the line among the chained lines, from 0 without a gap.
             * @example 0
             * @example 17
             */
            seq: number;
            /**
             * @description SHA-256 of the bytes of the chained line before, without its line feed; 64 zeros in line 0.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            prev: string;
            /**
             * @description When the line was written, by the writer's clock.
             * @example 2026-11-20T14:02:11.480Z
             */
            at: string;
            /**
             * @description What happened. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example step.ended
             * @example run.started
             */
            type: string;
            /**
             * @description What happened in detail, by type: spec/journal.md. Objects that can be erased stand here in public form.
             * @example {
             *       "step_id": "s-29"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * JournalPosition
         * @description A place in a journal: what the next chained line has to say about it.
         */
        JournalPosition: {
            /**
             * @description Number that the next chained line has to have.
             * @example 17
             */
            seq: number;
            /**
             * @description Digest that it has to name as `prev`: that of the chained line before, or 64 zeros if there is none.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            head: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Leaderboard
         * @description Evaluated runs in groups, best first: by share of passed runs, then by mean score.
         */
        Leaderboard: {
            /**
             * @description What the runs are grouped by.
             * @example agent_id
             * @enum {string}
             */
            by: "agent_id" | "model" | "runtime";
            /** @description The groups, best first. */
            groups: components["schemas"]["LeaderboardGroup"][];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * LeaderboardGroup
         * @description The evaluated runs of one agent, model or runtime in one benchmark.
         */
        LeaderboardGroup: {
            /**
             * @description Benchmark pack and scenario. Absent: the evaluations name none.
             * @example tool-discipline/ask-before-deploy
             */
            benchmark_id?: string;
            /**
             * @description The agent_id, model or runtime. Absent: the records name none.
             * @example release-bot
             */
            group?: string;
            /**
             * @description Number of runs with a current evaluation.
             * @example 40
             */
            runs: number;
            /**
             * @description How many of them passed.
             * @example 36
             */
            passed: number;
            /**
             * @description Mean of the scores.
             * @example 87.5
             */
            mean_score?: number;
            /**
             * @description Sum of the known costs in US dollars. Absent: no cost is known.
             * @example 16.8
             */
            cost_usd_total?: number;
            /**
             * @description How many of the runs have a known cost. A run of unknown cost is no run without cost.
             * @example 38
             */
            cost_known: number;
            /**
             * @description Mean of the known durations in milliseconds. Absent: no duration is known.
             * @example 400520
             */
            mean_duration_ms?: number;
            /**
             * @description How many of the runs have a known duration.
             * @example 40
             */
            duration_known: number;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Limits
         * @description Limits set for a run.
         */
        Limits: {
            /**
             * @description Largest number of steps.
             * @example 200
             */
            max_steps?: number;
            /**
             * @description Largest number of model calls.
             * @example 50
             */
            max_model_calls?: number;
            /**
             * @description Largest number of tokens.
             * @example 2000000
             */
            max_tokens?: number;
            /**
             * @description Longest duration in milliseconds.
             * @example 3600000
             */
            max_duration_ms?: number;
            /**
             * @description Highest cost in US dollars.
             * @example 5
             */
            max_cost_usd?: number;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * LineageEdge
         * @description One link between a parent and a child, as far as it can be checked.
         */
        LineageEdge: {
            /**
             * @description The parent.
             * @example run_2290
             */
            parent_run_id: string;
            /**
             * @description The child.
             * @example run_2292
             */
            child_run_id: string;
            /**
             * @description Delegation that links them.
             * @example dlg-5d0a
             */
            delegation_id?: string;
            /**
             * @description `mutual`: both records name each other. `chained`: the parent given is the one named. `open`: the parent does not say how the child ended. `child_only`, `parent_only`: only one of them says so. `unresolved`: the other record was not given. `conflict`: they contradict each other.
             * @example mutual
             * @enum {string}
             */
            state: "mutual" | "chained" | "open" | "child_only" | "parent_only" | "unresolved" | "conflict";
            /**
             * @description JSON Pointer to the place that names the link.
             * @example /provenance/parents/0
             */
            path?: string;
            /**
             * @description What is wrong or missing: spec/errors.md.
             * @example lineage.leaf
             */
            code?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Links
         * @description Where the same work is described elsewhere.
         */
        Links: {
            /**
             * @description OpenTelemetry trace, 32 lower-case hexadecimal digits.
             * @example 4bf92f3577b34da6a3ce929d0e0e4736
             */
            trace_id?: string;
            /**
             * @description OpenTelemetry span, 16 lower-case hexadecimal digits.
             * @example 00f067aa0ba902b7
             */
            span_id?: string;
            /**
             * @description Pages about this run. Nothing fetches them by itself.
             * @example [
             *       "https://ci.example.org/jobs/117"
             *     ]
             */
            urls?: string[];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * McpServer
         * @description An MCP server that was mounted for the run.
         */
        McpServer: {
            /**
             * @description Name the host gave it.
             * @example github
             */
            name: string;
            /**
             * @description Name the server gave itself.
             * @example github-mcp-server
             */
            server_name?: string;
            /**
             * @description Version of the server.
             * @example 1.4.0
             */
            version?: string;
            /**
             * @description MCP transport. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example stdio
             * @example streamable_http
             */
            transport?: string;
            /**
             * @description Negotiated MCP protocol version.
             * @example 2025-11-25
             */
            protocol_version?: string;
            /**
             * @description Command it was started with, without secrets.
             * @example github-mcp-server stdio
             */
            command?: string;
            /**
             * @description Address it was reached at, without secrets.
             * @example https://mcp.example.org/github
             */
            url?: string;
            /**
             * @description Digest of kind `tools` over the list of its tool definitions.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            tools_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * McpServerPage
         * @description MCP servers that steps ran on, by name.
         */
        McpServerPage: {
            /** @description The servers of this page. */
            servers: components["schemas"]["McpServerUse"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * McpServerUse
         * @description An MCP server that steps ran on.
         */
        McpServerUse: {
            /**
             * @description Name the host gave it.
             * @example github
             */
            name: string;
            /**
             * @description Newest run with a step that ran on it.
             * @example run_2292
             */
            last_run_id: string;
            /**
             * @description When that run started, or was received where the start is unknown.
             * @example 2026-11-20T14:02:11.480Z
             */
            last_at: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ModelConfig
         * @description Settings a model was asked to run with. Provider-specific settings may stand beside the named ones.
         */
        ModelConfig: {
            /**
             * @description Sampling temperature.
             * @example 0.2
             */
            temperature?: number;
            /**
             * @description Nucleus sampling threshold, from 0 to 1.
             * @example 0.95
             */
            top_p?: number;
            /**
             * @description Number of candidates considered.
             * @example 40
             */
            top_k?: number;
            /**
             * @description Largest number of tokens to write.
             * @example 8192
             */
            max_tokens?: number;
            /**
             * @description Random seed.
             * @example 7
             */
            seed?: number;
            /**
             * @description Sequences that end the output.
             * @example [
             *       "\n\nHuman:"
             *     ]
             */
            stop_sequences?: string[];
            /**
             * @description How much reasoning was asked for, in the provider's words.
             * @example high
             */
            reasoning_effort?: string;
            /**
             * @description Service or speed tier at the provider.
             * @example standard
             */
            service_tier?: string;
            /**
             * @description Model tier of the runtime that was resolved to this model.
             * @example medium
             */
            tier?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ModelProvider
         * @description A model provider that was configured for the run.
         */
        ModelProvider: {
            /**
             * @description Name of the provider.
             * @example anthropic
             */
            name: string;
            /**
             * @description Models that were available from it.
             * @example [
             *       "claude-sonnet-4-5"
             *     ]
             */
            models?: string[];
            /**
             * @description Address of its API, without secrets.
             * @example https://api.example.org
             */
            url?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * NumberDifference
         * @description A number in which two runs differ.
         */
        NumberDifference: {
            /**
             * @description What is counted: a member of the cost or of the run, with its unit, or `steps`, `model_calls`, `tool_calls`.
             * @example input_tokens
             * @example duration_ms
             */
            name: string;
            /**
             * @description Number of the earlier run. `null`: unknown. Absent: not recorded.
             * @example 9120
             */
            before?: number | null;
            /**
             * @description Number of the later run. `null`: unknown. Absent: not recorded.
             * @example 12044
             */
            after?: number | null;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ParentRef
         * @description A run that this one descends from, in checkable form: `delegation_id` and `handoff_leaf` for a delegated child, `record_hash` for a run triggered by a finished one.
         */
        ParentRef: {
            /**
             * @description The parent run.
             * @example run_2290
             */
            run_id: string;
            /**
             * @description Delegation that started this run.
             * @example dlg-5d0a
             */
            delegation_id?: string;
            /**
             * @description Leaf hash of the parent's handoff step in its step tree.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            handoff_leaf?: string;
            /**
             * @description `record_hash` of the finished parent.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Permissions
         * @description What a run was allowed to do.
         */
        Permissions: {
            /**
             * @description Approval mode in the runtime's words.
             * @example default
             * @example acceptEdits
             * @example on-request
             */
            approval_mode?: string;
            /**
             * @description Permissions granted for this run, in the runtime's words. Shown, never evaluated.
             * @example [
             *       "Bash(npm test:*)"
             *     ]
             */
            granted?: string[];
            /** @description Limits set for this run. */
            limits?: components["schemas"]["Limits"];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * PolicyDecision
         * @description A machine decides about an input, an output or a call: what was evaluated, which policy applied, why, and what the runtime did with it.
         */
        PolicyDecision: {
            /**
             * @description Identifier of the decision, unique within the run.
             * @example pd-3
             */
            id: string;
            /**
             * @description When the decision was made.
             * @example 2026-11-20T14:02:11.480Z
             */
            at: string;
            /**
             * @description Step that the decision is about.
             * @example s-29
             */
            step_id?: string;
            /**
             * @description Tool call that the decision is about.
             * @example toolu_01BxJ
             */
            tool_call_id?: string;
            /**
             * @description Where the decision stood.
             * @example tool_call
             * @enum {string}
             */
            boundary?: "input" | "model_output" | "tool_call" | "tool_result";
            /**
             * @description Digest of what was evaluated. Private.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            subject_hash?: string;
            /** @description Policy that was applied. */
            policy?: components["schemas"]["PolicyRef"];
            /** @description What decided. */
            decider?: components["schemas"]["Decider"];
            /**
             * @description What was decided.
             * @example block
             * @enum {string}
             */
            verdict: "allow" | "warn" | "redact" | "modify" | "block" | "require_approval" | "review";
            /**
             * @description `rule`: a rule decided. `default`: none matched (a default deny differs from a rule that denied). `error`: the decider failed.
             * @example rule
             * @enum {string}
             */
            matched?: "rule" | "default" | "error";
            /**
             * @description Rules that matched.
             * @example [
             *       "no-rm"
             *     ]
             */
            rule_ids?: string[];
            /**
             * @description Why, in words, also for `allow`. Never a captured secret. Private.
             * @example [
             *       "deletes outside the workspace"
             *     ]
             */
            reasons?: string[];
            /**
             * @description Confidence of a classifier, from 0 to 1.
             * @example 0.97
             */
            confidence?: number;
            /**
             * @description What the runtime did with the verdict.
             * @example blocked
             * @enum {string}
             */
            enforcement?: "none" | "executed" | "asked" | "blocked" | "redacted" | "modified";
            /**
             * @description `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
             * @example observed
             * @enum {string}
             */
            basis?: "observed" | "inferred";
            /**
             * @description Identifier of the decision in the system that made it.
             * @example guard-20261120-17
             */
            external_id?: string;
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * PolicyRef
         * @description A policy, named exactly enough to be found again.
         */
        PolicyRef: {
            /**
             * @description Identifier of the policy.
             * @example repo-write
             */
            id: string;
            /**
             * @description Version of the policy.
             * @example 4
             */
            version?: string;
            /**
             * @description SHA-256 of the policy as stored.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            digest?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * PrivateLine
         * @description An unchained line of a journal: the salt and the private members of one object, whose `private_hash` stands in the chain. Beside the members named here it has the private members of that object, as they were. Deleting the line erases them.
         */
        PrivateLine: {
            /**
             * @description `private_hash` of the object whose members these are.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private: string;
            /**
             * @description Salt of the object: 32 random bytes, lower-case hexadecimal.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt: string;
            /**
             * @description The `metadata` of that object, where it is one of its private members.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * Problem
         * @description Why a request was not done: problem details (RFC 9457) with a stable code.
         */
        Problem: {
            /**
             * @description Names the kind of problem: `https://w3id.org/agent-run/v1/errors#` and the code.
             * @example https://w3id.org/agent-run/v1/errors#record.invalid
             */
            type: string;
            /**
             * @description The kind of problem in a few words, the same for every problem with this code.
             * @example The record is not valid
             */
            title: string;
            /**
             * @description HTTP status of the answer.
             * @example 422
             */
            status: number;
            /**
             * @description What is wrong: spec/errors.md.
             * @example record.invalid
             */
            code: string;
            /**
             * @description What was found and what was expected. Quotes nothing private.
             * @example the record breaks 2 rules
             */
            detail?: string;
            /** @description The single faults. */
            errors?: components["schemas"]["ProblemError"][];
            /**
             * @description The limit that was passed, in the unit that the code names: octets, lines or items.
             * @example 10485760
             */
            limit?: number;
            /** @description Where the journal stands: what the next line has to follow. */
            expected?: components["schemas"]["JournalPosition"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ProblemError
         * @description One fault of a request.
         */
        ProblemError: {
            /**
             * @description What was found: spec/errors.md.
             * @example schema.enum
             */
            code: string;
            /**
             * @description JSON Pointer to the place in the body; empty for the whole of it.
             * @example /status
             * @example
             */
            pointer?: string;
            /**
             * @description Name of the query parameter, path parameter or header that is wrong.
             * @example since
             */
            parameter?: string;
            /**
             * @description What was found and what was expected.
             * @example found "done", expected one of completed, failed
             */
            message: string;
            /**
             * @description Sentence of the standard behind it.
             * @example AR-RUN-004
             */
            requirement?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Provenance
         * @description Fingerprint of the configuration, lineage, seal and signature of a record.
         */
        Provenance: {
            /**
             * @description Fingerprint of the configuration (64 hexadecimal digits): digest of kind `run-inputs` over agent_id, model, tools, config_hash and trigger. Equal set-ups have equal fingerprints by design: it is never an identity or a link.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            run_hash: string;
            /**
             * @description Digest of the configuration, as the producer defines it.
             * @example 3b1e…
             */
            config_hash?: string | null;
            /**
             * @description Exact version of the model.
             * @example claude-sonnet-4-5-20250929
             */
            model_version?: string | null;
            /**
             * @description SHA-256 of the prompt or instructions as stored.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            prompt_digest?: string;
            /**
             * @description Digest of kind `inventory` over the inventory that was in force.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            inventory_hash?: string;
            /**
             * @description Software that wrote this record.
             * @example agent-run-recorder 0.9.0
             */
            runtime?: string | null;
            /**
             * @description When this record was written.
             * @example 2026-11-20T14:09:03Z
             */
            created_at?: string | null;
            /**
             * @description At least 128 random bits, lower-case hexadecimal, chosen when the run starts. Makes every run distinguishable from a replay with the same ids.
             * @example 6f1d7a84db00d2fce00b31a7fc73224f
             */
            nonce?: string;
            /** @description Runs that this one descends from, in checkable form. */
            parents?: components["schemas"]["ParentRef"][];
            /**
             * @description `run_hash` of the parent, written for 0.1 readers. Cannot identify a parent.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            parent_run_hash?: string | null;
            /**
             * @description `run_hash`es of the ancestors, root first, at most 32, written for 0.1 readers.
             * @example [
             *       "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
             *     ]
             */
            lineage?: string[];
            /**
             * @description Number of steps in the step tree.
             * @example 31
             */
            steps_count?: number;
            /**
             * @description Root of the RFC 6962 Merkle tree over the canonical public forms of the steps.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            steps_root?: string;
            /**
             * @description Digest of the last journal line before the seal.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            journal_head?: string;
            /**
             * @description When the record was sealed, by the sealer's own clock.
             * @example 2026-11-20T14:09:03Z
             */
            sealed_at?: string;
            /**
             * @description Digest of kind `run` over the record: the identity of a sealed record.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description Key that signed the record: an Ed25519 did:key.
             * @example did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
             */
            signed_by?: string | null;
            /**
             * @description Ed25519 signature over the same bytes as `record_hash`: 88 base64 characters.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==
             */
            signature?: string | null;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ProvenanceAnswer
         * @description Where a record comes from, and what the server was told about it since.
         */
        ProvenanceAnswer: {
            /** @description The provenance of the record. */
            provenance: components["schemas"]["Provenance"];
            /** @description Statements about the record, in the order in which the server received them; its own countersignature among them. */
            statements: components["schemas"]["Statement"][];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Recovery
         * @description What can still be done about a run.
         */
        Recovery: {
            /** @description Stopping it. */
            stop?: components["schemas"]["RecoveryAction"];
            /** @description Pausing it. */
            pause?: components["schemas"]["RecoveryAction"];
            /** @description Trying it again. */
            retry?: components["schemas"]["RecoveryAction"];
            /** @description Going on where it stopped. */
            resume?: components["schemas"]["RecoveryAction"];
            /** @description Running it again from the record. */
            replay?: components["schemas"]["RecoveryAction"];
            /** @description Undoing what it did. */
            rollback?: components["schemas"]["RecoveryAction"];
            /** @description Removing what it left behind. */
            cleanup?: components["schemas"]["RecoveryAction"];
            /** @description Removing the agent. */
            uninstall?: components["schemas"]["RecoveryAction"];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RecoveryAction
         * @description Whether and how one recovery action is possible.
         */
        RecoveryAction: {
            /**
             * @description Whether it can be done.
             * @example available
             * @enum {string}
             */
            state: "available" | "done" | "impossible" | "unknown";
            /**
             * @description How it is done.
             * @example git reset --hard 4c1e9f20
             */
            how?: string;
            /**
             * @description Who is responsible for it.
             * @example release team
             */
            owner?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RelatedRun
         * @description Another run that this one stands in a named relation to.
         */
        RelatedRun: {
            /**
             * @description How this run relates to the other. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example retry_of
             * @example continues
             * @example baseline
             */
            relation: string;
            /**
             * @description The other run.
             * @example run_2291
             */
            run_id: string;
            /**
             * @description Step of the other run, where the relation is to one step.
             * @example s-12
             */
            step_id?: string;
            /**
             * @description `record_hash` of the other run.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RunDiff
         * @description What differs between two runs, in the order in which it explains: configuration, the first step that differs, all steps that differ, what came of it, what changed outside, what it cost.
         */
        RunDiff: {
            /**
             * @description Run that was asked about.
             * @example run_2292
             */
            run_id: string;
            /**
             * @description Run it is compared with; it comes first in every pair. `null`: no last good run is known, and nothing is compared.
             * @example run_2291
             * @example null
             */
            against: string | null;
            /**
             * @description Why that run is the last good one. `baseline`: the record names it. `task`, `benchmark`, `repository`: the newest earlier good run of the same agent that shares it. Absent: the run was named in the question.
             * @example task
             * @enum {string}
             */
            criterion?: "baseline" | "task" | "benchmark" | "repository";
            /**
             * @description True if no difference was found. Absent where nothing is compared.
             * @example false
             */
            same?: boolean;
            /** @description Head of the run it is compared with. */
            before?: components["schemas"]["RunSummary"];
            /** @description Head of the run that was asked about. */
            after?: components["schemas"]["RunSummary"];
            /** @description What the runs were given: model, prompt, tools with the hashes of their schemas, MCP servers, policies, permissions, sandbox, scope, input. In this order. */
            configuration?: components["schemas"]["Difference"][];
            /** @description The first steps that differ. Absent: the steps agree. */
            divergence?: components["schemas"]["StepDifference"];
            /** @description The steps that differ, in their order. Those before and after them agree. */
            steps?: components["schemas"]["StepDifference"][];
            /** @description What came of it: status, outcome, error, evaluation, evidence, artifacts. */
            results?: components["schemas"]["Difference"][];
            /** @description Side effects of steps that ran, by kind and target: those that only one run had, and those that left something else behind. */
            effects?: components["schemas"]["Difference"][];
            /** @description What they took: tokens, money, time, steps. */
            cost?: components["schemas"]["NumberDifference"][];
            /** @description Number of steps by what became of them. */
            counts?: components["schemas"]["StepCounts"];
            /**
             * @description `exact`: no pairing of the steps leaves fewer of them over. `bounded`: the runs differ so much that the best pairing was not looked for everywhere; the differences are right, and there may be a shorter account of them.
             * @example exact
             * @enum {string}
             */
            alignment?: "exact" | "bounded";
            /** @description Differences that were found and are not listed, by reason. */
            suppressed?: components["schemas"]["SuppressedDifferences"][];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RunEvent
         * @description What a subscriber is told: something happened to a run.
         */
        RunEvent: {
            /**
             * @description What happened. Every run gives one `run.completed`, when it has reached a terminal status.
             * @example run.completed
             * @enum {string}
             */
            type: "run.created" | "run.updated" | "run.completed" | "run.eval_attached";
            /**
             * @description Identifier of the run.
             * @example run_2292
             */
            run_id: string;
            /** @description The run as it was then. */
            run: components["schemas"]["RunSummary"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RunPage
         * @description One page of the list of runs, newest first.
         */
        RunPage: {
            /** @description The runs of this page, newest first. */
            runs: components["schemas"]["RunSummary"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description With `side_effect=write`: number of further runs that meet the other filters and executed commands, which can write files too. Counted to 1,000 and no further.
             * @example 12
             */
            also_executed?: number;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RunReceipt
         * @description What the server has of a run: it is stored, under this identity, with this content.
         */
        RunReceipt: {
            /**
             * @description Identifier of the run.
             * @example run_2292
             */
            id: string;
            /**
             * @description Fingerprint of the configuration, as the record says.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            run_hash: string;
            /**
             * @description `record_hash` of a sealed record.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description Digest of kind `document` over the record without its eval: equal for records that are the same, eval aside.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            document_hash: string;
            /**
             * @description SHA-256 of the octets that GET answers; in quotes it is the `ETag`.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            etag: string;
            /**
             * @description When the server received the run first, by the server's clock.
             * @example 2026-11-20T14:02:11.480Z
             */
            received_at: string;
            /** @description Warnings about the record. It was stored with them. */
            findings?: components["schemas"]["Finding"][];
            /** @description Countersignature of the server over a sealed record: that it had it at that time. Only from a server with a key. */
            received?: components["schemas"]["Statement"];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * RunSummary
         * @description What a list shows of a run: its head, without steps and private members. Members of the record that are `null` or absent are absent here. So that a page stays small, a text of more than 512 UTF-16 code units is cut, with an ellipsis at its end, and of tags and kinds of effects no more than 64 are listed.
         */
        RunSummary: {
            /**
             * @description Identifier of the run.
             * @example run_2292
             */
            id: string;
            /**
             * @description Identifier of the agent or application.
             * @example release-bot
             */
            agent_id: string;
            /**
             * @description Name of the agent for people.
             * @example Release bot
             */
            agent_name?: string;
            /**
             * @description Version of the agent or application.
             * @example 2.3.1
             */
            agent_version?: string;
            /**
             * @description Model that was requested.
             * @example claude-sonnet-4-5
             */
            model?: string;
            /**
             * @description State of the run.
             * @example completed
             * @enum {string}
             */
            status: "pending" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timeout" | "interrupted" | "unknown";
            /**
             * @description What came of the work.
             * @example success
             * @enum {string}
             */
            outcome?: "success" | "failed" | "partial" | "abandoned" | "escalated" | "rolled_back";
            /**
             * @description What started the run.
             * @example manual
             * @enum {string}
             */
            trigger?: "manual" | "cron" | "webhook" | "agent" | "pipeline" | "queue" | "event";
            /**
             * @description When the run began, as the record says. `null`: unknown.
             * @example 2026-11-20T14:02:11.480Z
             */
            started_at: string | null;
            /**
             * @description When the run reached its terminal status.
             * @example 2026-11-20T14:08:52.000Z
             */
            ended_at?: string;
            /**
             * @description Wall-clock duration in milliseconds.
             * @example 400520
             */
            duration_ms?: number;
            /**
             * @description True while a journal feeds the run: the record still grows.
             * @example false
             */
            live: boolean;
            /**
             * @description True if the record is sealed.
             * @example true
             */
            sealed: boolean;
            /**
             * @description Highest level that the record reaches by the trust file of the server.
             * @example sealed
             * @enum {string}
             */
            level: "none" | "recorded" | "sealed" | "accountable";
            /**
             * @description Number of steps; of a live run, of the final ones.
             * @example 31
             */
            steps_count: number;
            /**
             * @description Fingerprint of the configuration, as the record says.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            run_hash?: string;
            /**
             * @description `record_hash` of a sealed record: its identity.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            record_hash?: string;
            /**
             * @description Task or ticket the run works on.
             * @example TASK-117
             */
            task_id?: string;
            /**
             * @description Session or conversation the run belongs to.
             * @example sess-41c0
             */
            session_id?: string;
            /**
             * @description The human's turn that the work belongs to.
             * @example t-8
             */
            turn_id?: string;
            /**
             * @description Id of the run that started this one.
             * @example run_2290
             */
            parent_run_id?: string;
            /**
             * @description Short labels for filtering.
             * @example [
             *       "release",
             *       "nightly"
             *     ]
             */
            tags?: string[];
            /**
             * @description Kind of the error that ended the run, a value of the open vocabulary of the same name.
             * @example tool_failed
             */
            error_type?: string;
            /** @description Of the cost of the run: `input_tokens`, `output_tokens`, `cost_usd`, `amount` and `unit`. */
            cost?: components["schemas"]["Cost"];
            /** @description Of the current judgement of the run: `pass`, `score` and `benchmark_id`. */
            eval?: components["schemas"]["EvalResult"];
            /**
             * @description Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them.
             * @example {
             *       "write": 4,
             *       "exec": 11
             *     }
             */
            effects?: {
                /**
                 * @description Number of steps that ran and changed and touched nothing.
                 * @example 3
                 */
                none?: number;
                /**
                 * @description Number of steps that ran and read.
                 * @example 3
                 */
                read?: number;
                /**
                 * @description Number of steps that ran and created or changed something.
                 * @example 3
                 */
                write?: number;
                /**
                 * @description Number of steps that ran and removed something.
                 * @example 3
                 */
                delete?: number;
                /**
                 * @description Number of steps that ran and executed a command or program.
                 * @example 3
                 */
                exec?: number;
                /**
                 * @description Number of steps that ran and contacted a host.
                 * @example 3
                 */
                network?: number;
                /**
                 * @description Number of steps that ran and published something or put it into operation.
                 * @example 3
                 */
                deploy?: number;
                /**
                 * @description Number of steps that ran and moved money.
                 * @example 3
                 */
                payment?: number;
                /**
                 * @description Number of steps that ran and wrote to somebody.
                 * @example 3
                 */
                message?: number;
                /**
                 * @description Number of steps that ran and used, created or changed a credential.
                 * @example 3
                 */
                credential?: number;
                /**
                 * @description Number of steps that ran and put something into a timetable.
                 * @example 3
                 */
                schedule?: number;
                /**
                 * @description Number of steps that ran and read or changed the agent's lasting memory.
                 * @example 3
                 */
                memory?: number;
                /**
                 * @description Number of steps that ran and started, signalled or stopped a process.
                 * @example 3
                 */
                process?: number;
                /**
                 * @description Number of steps that ran and had an effect of another kind.
                 * @example 3
                 */
                other?: number;
            } & {
                [key: string]: unknown;
            };
            /**
             * @description When the server received the run, by the server's clock.
             * @example 2026-11-20T14:02:11.480Z
             */
            received_at?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Sandbox
         * @description Isolation in which a run executed.
         */
        Sandbox: {
            /**
             * @description Kind of sandbox. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example container
             * @example vm
             * @example none
             */
            kind?: string;
            /**
             * @description Digest of the container or machine image.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            image_digest?: string;
            /**
             * @description Folders that could be written to.
             * @example [
             *       "/work/repo"
             *     ]
             */
            writable_roots?: string[];
            /**
             * @description Which network could be reached.
             * @example none
             * @enum {string}
             */
            network?: "none" | "limited" | "full" | "unknown";
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Scope
         * @description Repository, folder and files that a run was about.
         */
        Scope: {
            /**
             * @description Repository, as a URL without secrets or a name.
             * @example https://git.example.org/acme/parser
             */
            repository?: string;
            /**
             * @description Folder the run worked in. Paths of side effects are relative to it.
             * @example /work/parser
             */
            root?: string;
            /**
             * @description Whether there were uncommitted changes when the run started.
             * @example false
             */
            dirty?: boolean;
            /**
             * @description Files that were given or named as in scope.
             * @example [
             *       "src/index.ts"
             *     ]
             */
            files?: string[];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ServerInfo
         * @description What a server says about itself before anything else is asked.
         */
        ServerInfo: {
            /**
             * @description Versions of the protocol that the server speaks, the preferred one first.
             * @example [
             *       "1.0.0"
             *     ]
             */
            protocol: string[];
            /**
             * @description Parts of the protocol that the server has, all of each: `core`, `batch`, `journal`, `approvals`, `verify`, `proofs`, `query`, `erasure`.
             * @example [
             *       "core",
             *       "batch",
             *       "journal"
             *     ]
             */
            capabilities: string[];
            /** @description What the server takes at most. */
            limits: components["schemas"]["ServerLimits"];
            /** @description The software that answers. */
            server?: components["schemas"]["ServerSoftware"];
            /**
             * @description Key that signs countersignatures and tombstones: an Ed25519 did:key. Absent: the server signs nothing.
             * @example did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
             */
            server_key?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ServerLimits
         * @description What the server takes at most.
         */
        ServerLimits: {
            /**
             * @description Largest body of a request with one object or with journal lines, in octets, after decompression.
             * @example 10485760
             */
            body_octets: number;
            /**
             * @description Largest body of a batch, in octets, after decompression.
             * @example 67108864
             */
            batch_octets: number;
            /**
             * @description Most lines of a batch.
             * @example 10000
             */
            batch_lines: number;
            /**
             * @description Longest line of a batch or of a journal, in octets.
             * @example 10485760
             */
            line_octets: number;
            /**
             * @description Largest `limit` of a page.
             * @example 200
             */
            page: number;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ServerSoftware
         * @description The software that answers.
         */
        ServerSoftware: {
            /**
             * @description Name of the software.
             * @example @agent-run/server
             */
            name: string;
            /**
             * @description Version of the software.
             * @example 0.9.0
             */
            version?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Setup
         * @description How an agent was installed and configured.
         */
        Setup: {
            /**
             * @description How it was installed.
             * @example npm
             * @example docker
             * @example manual
             */
            method?: string;
            /**
             * @description When it was installed.
             * @example 2026-11-01T09:00:00Z
             */
            installed_at?: string;
            /** @description Package or image that was installed. */
            package?: components["schemas"]["ContentRef"];
            /** @description Configuration that was in force. */
            config?: components["schemas"]["ContentRef"];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Shortfall
         * @description One thing that keeps a record from a level.
         */
        Shortfall: {
            /**
             * @description Level that is missed.
             * @example accountable
             * @enum {string}
             */
            level: "recorded" | "sealed" | "accountable";
            /**
             * @description What is missing: spec/errors.md.
             * @example level.effects_missing
             */
            code: string;
            /**
             * @description JSON Pointer to the place.
             * @example /steps/5
             */
            path?: string;
            /**
             * @description The same in one sentence for people.
             * @example this tool call has no side_effects
             */
            reason: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * SideEffect
         * @description Something a step changed or touched outside itself.
         */
        SideEffect: {
            /**
             * @description Class of the effect. `none` says that there was none. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example write
             * @example exec
             * @example deploy
             */
            kind: string;
            /**
             * @description What was done, in the tool's words. Private.
             * @example npm publish --tag beta
             */
            operation?: string;
            /**
             * @description What kind of thing was touched. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example file
             * @example database
             * @example service
             */
            target_kind?: string;
            /**
             * @description What was touched. Files relative to `scope.root` inside it, else absolute. Private.
             * @example src/index.ts
             */
            target?: string;
            /**
             * @description Whether it can be undone.
             * @example full
             * @enum {string}
             */
            reversible?: "full" | "partial" | "none" | "unknown";
            /**
             * @description SHA-256 of the target before. Private.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            before_digest?: string;
            /**
             * @description SHA-256 of the target after. Private.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            after_digest?: string;
            /**
             * @description Artifact that holds the result.
             * @example a-3
             */
            artifact_id?: string;
            /**
             * @description `declared`: the call says so. `observed`: it was seen to happen. `inferred`: a converter concluded it from tool and arguments.
             * @example observed
             * @enum {string}
             */
            basis?: "declared" | "observed" | "inferred";
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Skill
         * @description A skill, plugin or module that was mounted for the run.
         */
        Skill: {
            /**
             * @description Name of the skill.
             * @example release-notes
             */
            name: string;
            /**
             * @description Version of the skill.
             * @example 1.2.0
             */
            version?: string;
            /**
             * @description SHA-256 of the skill as stored.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            digest?: string;
            /**
             * @description Where it came from.
             * @example npm:@acme/skills
             */
            origin?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Source
         * @description Where a converted record came from.
         */
        Source: {
            /**
             * @description Format of the source.
             * @example claude-code
             * @example otel-genai
             */
            format: string;
            /**
             * @description Version of the format or of the program that wrote it.
             * @example 2.1.38
             */
            format_version?: string;
            /**
             * @description Adapter that converted it.
             * @example @agent-run/sdk/adapters/claude-code
             */
            adapter?: string;
            /**
             * @description Version of the adapter.
             * @example 0.9.0
             */
            adapter_version?: string;
            /**
             * @description SHA-256 of the source as it was read.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            digest?: string;
            /** @description Part of the source that became this record. */
            range?: components["schemas"]["SourceRange"];
            /**
             * @description Where the times of the record come from.
             * @example recorded
             * @enum {string}
             */
            times?: "recorded" | "inferred" | "mixed" | "absent";
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * SourceRange
         * @description Part of a source, first and last included.
         */
        SourceRange: {
            /**
             * @description What is counted.
             * @example lines
             * @enum {string}
             */
            unit: "lines" | "bytes";
            /**
             * @description First line (from 1) or byte (from 0).
             * @example 12
             */
            first: number;
            /**
             * @description Last line or byte, included.
             * @example 214
             */
            last: number;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Statement
         * @description Something said later about a sealed record or a key.
         */
        Statement: {
            /**
             * @description What is said. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example countersignature
             * @example tombstone
             * @example link
             * @example batch
             */
            kind: string;
            /**
             * @description What it is about: a record_hash, a key as a did:key, the root of a batch or an approval_id.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            about: string;
            /**
             * @description When it was said.
             * @example 2026-11-20T15:00:00Z
             */
            at: string;
            /**
             * @description Content, by kind: the table in spec/registry.md.
             * @example {
             *       "private_hashes": [
             *         "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
             *       ],
             *       "reason": "request of the person named"
             *     }
             */
            body?: {
                [key: string]: unknown;
            };
            /**
             * @description Key of the one who says it: an Ed25519 did:key.
             * @example did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
             */
            signed_by?: string;
            /**
             * @description Ed25519 signature of kind `statement`: 88 base64 characters.
             * @example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==
             */
            signature?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Step
         * @description One thing the agent, its model or a person did. A step is written when it becomes final and never changes afterwards.
         */
        Step: {
            /**
             * @description Identifier of the step, unique within the run.
             * @example s-27
             * @example toolu_01A
             */
            id: string;
            /**
             * @description What kind of thing was done. `model_call` is one request to a model; a tool call is one step with its result, `tool_result` stands only where the call was not recorded.
             * @example tool_call
             * @enum {string}
             */
            type: "model_call" | "reasoning" | "message" | "tool_call" | "tool_result" | "handoff" | "handoff_result" | "input_request" | "compaction" | "config_change" | "error" | "other";
            /**
             * @description Position in the order in which steps started, from 0.
             * @example 26
             */
            seq?: number;
            /**
             * @description How the step ended, or that it has not. `denied`: a person or a policy refused it, it did not run.
             * @example succeeded
             * @enum {string}
             */
            status?: "pending" | "running" | "succeeded" | "failed" | "denied" | "cancelled" | "timeout" | "skipped" | "interrupted" | "unknown";
            /**
             * @description Beginning of execution. `null`: unknown.
             * @example 2026-11-20T14:02:11.480Z
             */
            started_at: string | null;
            /**
             * @description When the step became final. `null`: unknown.
             * @example 2026-11-20T14:02:12Z
             */
            ended_at?: string | null;
            /**
             * @description Duration of the execution in milliseconds.
             * @example 520
             */
            duration_ms?: number | null;
            /**
             * @description Whose words or act this is.
             * @example assistant
             * @enum {string}
             */
            role?: "user" | "assistant" | "system" | "tool";
            /**
             * @description Step that contains this one.
             * @example s-20
             */
            parent_step_id?: string;
            /**
             * @description Steps that caused this one. Never cyclic.
             * @example [
             *       "s-25"
             *     ]
             */
            caused_by?: string[];
            /**
             * @description The human's turn, where one record spans several.
             * @example t-8
             */
            turn_id?: string;
            /**
             * @description Agent responsible for the step, where it is not the run's own.
             * @example reviewer
             */
            agent_id?: string;
            /**
             * @description OpenTelemetry span of this step, 16 lower-case hexadecimal digits.
             * @example 00f067aa0ba902b7
             */
            span_id?: string;
            /**
             * @description Id of the `model_call` step that this step came from.
             * @example s-26
             */
            model_call_id?: string;
            /**
             * @description Which attempt this is, from 1.
             * @example 2
             */
            attempt?: number;
            /**
             * @description Id of the step that this one tries again.
             * @example s-24
             */
            retry_of?: string;
            /**
             * @description Id of the step whose route failed and which this one replaces, for example with another model.
             * @example s-22
             */
            fallback_from?: string;
            /**
             * @description True if the answer came from a cache of the runtime, without a request to the provider.
             * @example false
             */
            cache_hit?: boolean;
            /**
             * @description Model that answered (`model_call`).
             * @example claude-sonnet-4-5-20250929
             */
            model?: string;
            /**
             * @description Identifier of the response at the provider (`model_call`).
             * @example msg_01XFDUDYJgAACzvnptvVoYEL
             */
            response_id?: string;
            /**
             * @description Why the model stopped, in the provider's words (`model_call`).
             * @example end_turn
             * @example tool_use
             * @example max_tokens
             */
            stop_reason?: string;
            /**
             * @description Time to the first token in milliseconds (`model_call`).
             * @example 640
             */
            first_token_ms?: number;
            /**
             * @description Version or digest of the prompt used (`model_call`).
             * @example release-prompt@14
             */
            prompt_version?: string;
            /**
             * @description Name of the tool as offered to the model.
             * @example Bash
             * @example write_file
             */
            tool_name?: string | null;
            /**
             * @description Identifier of the call, as the model or the protocol gave it.
             * @example toolu_01BxJ
             */
            tool_call_id?: string;
            /**
             * @description Name of the MCP server that executed the call.
             * @example github
             */
            mcp_server?: string | null;
            /**
             * @description `schema_hash` of the tool definition in force, equal to exactly one tool of the inventory.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            tool_hash?: string;
            /**
             * @description Digest of kind `arguments` over the arguments and the step's salt.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            arguments_hash?: string;
            /**
             * @description Host or client that issued the call.
             * @example claude-code
             * @example cursor
             */
            initiated_by?: string;
            /**
             * @description Privilege the step ran with, in the runtime's words.
             * @example workspace-write
             * @example READ_ONLY
             */
            permission?: string;
            /**
             * @description Beginning of the input. At most 2,000 code points; recorders cut it. Private.
             * @example npm publish --tag beta
             */
            input_preview?: string | null;
            /**
             * @description Beginning of the output. At most 2,000 code points; recorders cut it. Private.
             * @example E403 Forbidden
             */
            output_preview?: string | null;
            /** @description Full inputs, kept elsewhere and named by digest. Private. */
            input_refs?: components["schemas"]["ContentRef"][];
            /** @description Full outputs, kept elsewhere and named by digest. Private. */
            output_refs?: components["schemas"]["ContentRef"][];
            /** @description What the step changed or touched outside itself. An empty list says nothing; "no effect" is one entry of kind `none`. */
            side_effects?: components["schemas"]["SideEffect"][];
            /** @description Whether and how the step was allowed. */
            approval?: components["schemas"]["StepApproval"];
            /**
             * @description Ids of the artifacts this step created, modified or deleted.
             * @example [
             *       "a-3"
             *     ]
             */
            artifact_ids?: string[];
            /**
             * @description Version of the shared state the step read or wrote.
             * @example state@12
             */
            state_version?: string;
            /**
             * @description Id of the run that this step delegated to (`handoff`, `handoff_result`).
             * @example run_2292
             */
            child_run_id?: string;
            /**
             * @description `record_hash` of the child run, once known (`handoff_result`).
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            child_record_hash?: string;
            /**
             * @description Identifier of this delegation; fresh for every child, also for a retried one.
             * @example dlg-5d0a
             */
            delegation_id?: string;
            /** @description What this step consumed. Token usage stands on `model_call` steps and nowhere else. */
            cost?: components["schemas"]["Cost"];
            /**
             * @description What went wrong, in words. Private.
             * @example exit status 1
             */
            error?: string | null;
            /**
             * @description Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example tool_failed
             * @example timeout
             */
            error_type?: string;
            /**
             * @description Exit code of a command.
             * @example 1
             */
            exit_code?: number;
            /**
             * @description Where this step stands in the source of a converted record: line, event id or JSON Pointer.
             * @example line 214
             */
            source_ref?: string;
            /**
             * @description 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
             * @example 5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f
             */
            salt?: string;
            /**
             * @description Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            private_hash?: string;
            /**
             * @deprecated
             * @description 0.1 only, read and never written: use `status`.
             * @example true
             */
            success?: boolean | null;
            /**
             * @deprecated
             * @description 0.1 only, read and never written: use `cost`. Tokens.
             * @example 812
             */
            tokens_used?: number | null;
            /**
             * @description Anything else the producer wants to keep. Private: erased together with the other private members of this object.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepApproval
         * @description Whether and how a step was allowed. Absent: not recorded.
         */
        StepApproval: {
            /**
             * @description `not_required`: the policy asked for nothing. `auto_approved`: an approval was required, and a standing grant or a rule satisfied it.
             * @example approved
             * @enum {string}
             */
            state: "not_required" | "requested" | "approved" | "denied" | "expired" | "cancelled" | "auto_approved";
            /**
             * @description Approval (or, for `auto_approved`, the grant's approval) that this rests on.
             * @example ap-7
             */
            approval_id?: string;
            /**
             * @description Policy decision that this rests on.
             * @example pd-3
             */
            decision_id?: string;
            /**
             * @description Policy that this rests on.
             * @example repo-write
             */
            policy_id?: string;
            /**
             * @description `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
             * @example observed
             * @enum {string}
             */
            basis?: "observed" | "inferred";
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepCounts
         * @description Number of steps by what became of them from one run to another.
         */
        StepCounts: {
            /**
             * @description Pairs of steps that agree.
             * @example 24
             */
            same: number;
            /**
             * @description Pairs of steps that differ.
             * @example 3
             */
            changed: number;
            /**
             * @description Steps that only the later run has.
             * @example 5
             */
            added: number;
            /**
             * @description Steps that only the earlier run has.
             * @example 2
             */
            removed: number;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepDifference
         * @description A step that one of two runs lacks, or two steps that correspond and differ.
         */
        StepDifference: {
            /**
             * @description `added`: only the later run has the step. `removed`: only the earlier one has it. `changed`: both have it, and it differs.
             * @example changed
             * @enum {string}
             */
            change: "added" | "removed" | "changed";
            /** @description The step of the earlier run. */
            before?: components["schemas"]["StepMention"];
            /** @description The step of the later run. */
            after?: components["schemas"]["StepMention"];
            /** @description In what the two steps differ. */
            differences?: components["schemas"]["Difference"][];
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepMention
         * @description A step of a run, as little of it as is needed to recognise it.
         */
        StepMention: {
            /**
             * @description Place in `steps`, from 0.
             * @example 11
             */
            index: number;
            /**
             * @description Identifier of the step.
             * @example s-12
             */
            id: string;
            /**
             * @description What kind of thing was done.
             * @example tool_call
             */
            type: string;
            /**
             * @description Name of the tool.
             * @example Bash
             */
            tool_name?: string;
            /**
             * @description MCP server that executed the call.
             * @example github
             */
            mcp_server?: string;
            /**
             * @description Agent responsible for the step, where it is not the run's own.
             * @example reviewer
             */
            agent_id?: string;
            /**
             * @description How the step ended.
             * @example failed
             */
            status?: string;
            /**
             * @description What it was about, in one line: the target of its first side effect, else the beginning of its input.
             * @example npm test
             */
            about?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepPage
         * @description Final steps of a run, in their order.
         */
        StepPage: {
            /** @description The steps of this page. */
            steps: components["schemas"]["Step"][];
            /**
             * @description Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page.
             * @example eyJ2IjoxfQ.kJ8mVx0pQb3n
             */
            next?: string;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * StepProof
         * @description One step, with what proves that it belongs to a sealed record whose other steps are not shown.
         */
        StepProof: {
            /**
             * @description Version of this standard that the proof is written for.
             * @example 1.0
             */
            agent_run_proof: string;
            /**
             * @description The record in public form without `steps` and `eval`: what `record_hash` is taken of, and `provenance.record_hash` and `provenance.signature` beside it.
             * @example {
             *       "spec_version": "1.0",
             *       "id": "run_2292",
             *       "agent_id": "release-bot",
             *       "status": "completed",
             *       "provenance": {
             *         "steps_count": 31,
             *         "steps_root": "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab",
             *         "record_hash": "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
             *       }
             *     }
             */
            record: {
                [key: string]: unknown;
            };
            /** @description The step as it stands in the record. */
            step: components["schemas"]["Step"];
            /**
             * @description Place of the step in `steps`, from 0.
             * @example 5
             */
            index: number;
            /**
             * @description Hashes that lead from the leaf of the step to `steps_root`, from the leaf upwards (RFC 6962, section 2.1.1).
             * @example [
             *       "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab",
             *       "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
             *     ]
             */
            path: string[];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * SuppressedDifferences
         * @description Differences that were found and are not listed, since they are no news or too many.
         */
        SuppressedDifferences: {
            /**
             * @description `identifiers`: ids, nonces, salts and what links records. `times`: when things happened and how long they took. `seals`: hashes and signatures over all that. `texts`: words of models and output of tools, in steps that agree otherwise. `consumption`: tokens and money of steps that agree otherwise. `configuration`: in a step, what the configuration has said already. `reads`: what was only read. `erased`: private members that one record no longer has. `limit`: more than a list holds.
             * @example texts
             * @enum {string}
             */
            reason: "identifiers" | "times" | "seals" | "texts" | "consumption" | "configuration" | "reads" | "erased" | "limit";
            /**
             * @description How many.
             * @example 14
             */
            count: number;
            /**
             * @description Index in the later run of the first step concerned, where steps are concerned.
             * @example 8
             */
            first?: number;
            /**
             * @description Anything else the server wants to say. Readers carry it along and never depend on it.
             * @example {
             *       "region": "eu"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * TextPosition
         * @description A place in a text.
         */
        TextPosition: {
            /**
             * @description UTF-16 code units before it.
             * @example 17
             */
            offset: number;
            /**
             * @description Line, from 1.
             * @example 2
             */
            line: number;
            /**
             * @description Column in UTF-16 code units, from 1.
             * @example 5
             */
            column: number;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * TimeBasis
         * @description Whose word the times of a record are.
         */
        TimeBasis: {
            /**
             * @description `asserted`: the producer's. `vouched`: another trusted party has seen the sealed record at the time `at`.
             * @example vouched
             * @enum {string}
             */
            basis: "asserted" | "vouched";
            /**
             * @description Identity of that party.
             * @example timestamp@example.org
             */
            by?: string;
            /**
             * @description When that party saw it; the earliest such time.
             * @example 2026-11-20T14:10:00Z
             */
            at?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Tool
         * @description A tool as it was offered to the model.
         */
        Tool: {
            /**
             * @description Name as offered to the model.
             * @example Bash
             */
            name: string;
            /**
             * @description Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example function
             * @example mcp
             * @example builtin
             */
            kind?: string;
            /**
             * @description MCP server that provides it (`name` in `mcp_servers`).
             * @example github
             */
            mcp_server?: string;
            /**
             * @description SHA-256 of the description as offered.
             * @example sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab
             */
            description_digest?: string;
            /**
             * @description Digest of kind `tool` over name, description and input_schema as offered; shows a definition that was silently replaced.
             * @example sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6
             */
            schema_hash?: string;
            /**
             * @description Annotations as the tool declared them; a claim, not an observation.
             * @example {
             *       "readOnlyHint": false,
             *       "destructiveHint": true
             *     }
             */
            annotations?: {
                [key: string]: unknown;
            };
            /**
             * @description Effect that the tool declares; values of SideEffect `kind`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
             * @example write
             */
            declared_effect?: string;
            /**
             * @description Privilege the tool was mounted with, in the runtime's words.
             * @example workspace-write
             */
            permission?: string;
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Verdict
         * @description What holds for one record: what is proven, what is only claimed, and what is missing.
         */
        Verdict: {
            /**
             * @description True if the level asked for is reached and no check failed.
             * @example true
             */
            ok: boolean;
            /**
             * @description Highest level that the record reaches.
             * @example sealed
             * @enum {string}
             */
            level: "none" | "recorded" | "sealed" | "accountable";
            /**
             * @description Who answers for the seal: the identity that the trust file gives for the key. Only where the check `signer` passes.
             * @example release-runner@ci.example.org
             */
            by?: string;
            /**
             * @description True if the signature is right, but no entry of a trust file says whose key it is.
             * @example true
             */
            self_asserted?: boolean;
            /**
             * @description Level that was asked for.
             * @example sealed
             * @enum {string}
             */
            asked: "none" | "recorded" | "sealed" | "accountable";
            /** @description Whether the record is whole, or how far it goes. */
            completeness: components["schemas"]["Completeness"];
            /** @description Whose word the times of the record are. */
            time: components["schemas"]["TimeBasis"];
            /** @description The results of all twelve checks, in their order. */
            checks: components["schemas"]["Check"][];
            /**
             * @description First check that failed.
             * @example record
             * @enum {string}
             */
            first_failure?: "schema" | "semantics" | "run_hash" | "steps" | "record" | "signature" | "signer" | "approvals" | "lineage" | "journal" | "evals" | "erasures";
            /** @description What keeps the record from the levels above its own, lowest level first. */
            missing: components["schemas"]["Shortfall"][];
            /** @description The links to parents and children that were looked at. */
            edges?: components["schemas"]["LineageEdge"][];
            /**
             * @description Anything else the producer wants to keep. Readers carry it along and never depend on it.
             * @example {
             *       "team": "release"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            };
        };
    };
    responses: {
        /** @description Anything else that went wrong. */
        Problem: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                Allow: components["headers"]["Allow"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is malformed. */
        Malformed: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No key, or none that is accepted. */
        Refused: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                "WWW-Authenticate": components["headers"]["WWWAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key lacks the scope. */
        Forbidden: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing. */
        Unknown: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body did not arrive in time. */
        TimedOut: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It contradicts what is stored. */
        Conflict: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The run was erased. */
        Gone: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The record has changed since. */
        Changed: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than a limit, which the problem names. */
        TooLarge: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has another media type or encoding. */
        MediaType: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content breaks a rule. */
        Invalid: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `If-Match` is needed. */
        ConditionNeeded: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server cannot work now. */
        NotReady: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The store is full. */
        Full: {
            headers: {
                "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
         * @example run_2292
         */
        Id: string;
        /**
         * @description Id of the approval within the run, percent-encoded.
         * @example appr-1
         */
        ApprovalId: string;
        /**
         * @description The same request with the same key is answered as the first time, for a day.
         * @example 9f2c1d9a
         */
        IdempotencyKey: string;
        /**
         * @description How the body is compressed.
         * @example gzip
         */
        ContentEncoding: "identity" | "gzip";
        /** @description The `ETag` of the record that is to be changed, one and no `*`; also without its quotes, as the `etag` of a receipt is. */
        IfMatch: string;
        /** @description An `ETag`: if the record still has it, the answer is 304. */
        IfNoneMatch: string;
        /** @description `id` of the last event that arrived: the stream goes on after it. Without it the stream begins with the next event. */
        LastEventId: string;
        /**
         * @description Most items of the page. Default: 50.
         * @example 50
         */
        Limit: number;
        /** @description `next` of the page before, asked with the same filters. */
        Cursor: string;
        /**
         * @description Runs of this agent.
         * @example release-bot
         */
        AgentId: string;
        /**
         * @description Runs in this state.
         * @example completed
         */
        Status: "pending" | "running" | "paused" | "completed" | "failed" | "cancelled" | "timeout" | "interrupted" | "unknown";
        /**
         * @description Runs with this outcome.
         * @example success
         */
        Outcome: "success" | "failed" | "partial" | "abandoned" | "escalated" | "rolled_back";
        /**
         * @description Runs that started at this instant or later.
         * @example 2026-11-20T00:00:00Z
         */
        Since: string;
        /**
         * @description Runs that started before this instant.
         * @example 2026-11-21T00:00:00+01:00
         */
        Until: string;
        /**
         * @description Runs that work on this task.
         * @example TASK-117
         */
        TaskId: string;
        /**
         * @description Runs of this session.
         * @example sess-41c0
         */
        SessionId: string;
        /**
         * @description Runs of this turn, or with a step of it.
         * @example t-8
         */
        TurnId: string;
        /**
         * @description Runs that this one started.
         * @example run_2290
         */
        ParentRunId: string;
        /**
         * @description Runs with this tag. May be given several times: all are needed.
         * @example [
         *       "release"
         *     ]
         */
        Tag: string[];
        /**
         * @description Runs that asked for this model.
         * @example claude-sonnet-4-5
         */
        Model: string;
        /** @description Runs with this fingerprint of the configuration. */
        RunHash: string;
        /**
         * @description A step ran with this tool.
         * @example publish
         */
        Tool: string;
        /**
         * @description A step ran on this MCP server.
         * @example github
         */
        McpServer: string;
        /**
         * @description This MCP server was offered to the run.
         * @example github
         */
        McpMounted: string;
        /**
         * @description A step that ran has an effect of this kind, or `kind:target_kind`. `write` alone: it wrote or deleted files.
         * @example write
         */
        SideEffect: string;
        /**
         * @description A step that ran touched exactly this target.
         * @example dist/app.tgz
         */
        Target: string;
        /**
         * @description How a call was allowed, or that it was denied. `denied:person` and `denied:policy` say by whom.
         * @example denied
         */
        Approval: "not_required" | "requested" | "approved" | "auto_approved" | "denied" | "denied:person" | "denied:policy" | "expired" | "cancelled" | "escalated" | "revoked";
        /**
         * @description An artifact with this name or content digest.
         * @example dist/app.tgz
         */
        Artifact: string;
        /**
         * @description Whether something failed.
         * @example true
         */
        HasError: "true" | "false";
        /**
         * @description Runs whose record reaches exactly this level by the trust file of the server.
         * @example sealed
         */
        Level: "none" | "recorded" | "sealed" | "accountable";
    };
    requestBodies: never;
    headers: {
        /** @description Version of the protocol, on every answer. */
        Protocol: "1.0.0";
        /** @description SHA-256 of the octets that GET of the run answers. */
        ETag: string;
        /** @description Path of the run. */
        Location: string;
        /** @description The methods that the path has. With status 405. */
        Allow: string;
        /** @description Seconds to wait before another try. With the statuses 429, 503 and 507. */
        RetryAfter: string;
        /** @description How to send a key. */
        WWWAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getServerInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the server says about itself. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerInfo"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: components["responses"]["NotReady"];
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /**
                 * @description Runs of this agent.
                 * @example release-bot
                 */
                agent_id?: components["parameters"]["AgentId"];
                /**
                 * @description Runs in this state.
                 * @example completed
                 */
                status?: components["parameters"]["Status"];
                /**
                 * @description Runs with this outcome.
                 * @example success
                 */
                outcome?: components["parameters"]["Outcome"];
                /**
                 * @description Runs that started at this instant or later.
                 * @example 2026-11-20T00:00:00Z
                 */
                since?: components["parameters"]["Since"];
                /**
                 * @description Runs that started before this instant.
                 * @example 2026-11-21T00:00:00+01:00
                 */
                until?: components["parameters"]["Until"];
                /**
                 * @description Runs that work on this task.
                 * @example TASK-117
                 */
                task_id?: components["parameters"]["TaskId"];
                /**
                 * @description Runs of this session.
                 * @example sess-41c0
                 */
                session_id?: components["parameters"]["SessionId"];
                /**
                 * @description Runs of this turn, or with a step of it.
                 * @example t-8
                 */
                turn_id?: components["parameters"]["TurnId"];
                /**
                 * @description Runs that this one started.
                 * @example run_2290
                 */
                parent_run_id?: components["parameters"]["ParentRunId"];
                /**
                 * @description Runs with this tag. May be given several times: all are needed.
                 * @example [
                 *       "release"
                 *     ]
                 */
                tag?: components["parameters"]["Tag"];
                /**
                 * @description Runs that asked for this model.
                 * @example claude-sonnet-4-5
                 */
                model?: components["parameters"]["Model"];
                /** @description Runs with this fingerprint of the configuration. */
                run_hash?: components["parameters"]["RunHash"];
                /**
                 * @description A step ran with this tool.
                 * @example publish
                 */
                tool?: components["parameters"]["Tool"];
                /**
                 * @description A step ran on this MCP server.
                 * @example github
                 */
                mcp_server?: components["parameters"]["McpServer"];
                /**
                 * @description This MCP server was offered to the run.
                 * @example github
                 */
                mcp_mounted?: components["parameters"]["McpMounted"];
                /**
                 * @description A step that ran has an effect of this kind, or `kind:target_kind`. `write` alone: it wrote or deleted files.
                 * @example write
                 */
                side_effect?: components["parameters"]["SideEffect"];
                /**
                 * @description A step that ran touched exactly this target.
                 * @example dist/app.tgz
                 */
                target?: components["parameters"]["Target"];
                /**
                 * @description How a call was allowed, or that it was denied. `denied:person` and `denied:policy` say by whom.
                 * @example denied
                 */
                approval?: components["parameters"]["Approval"];
                /**
                 * @description An artifact with this name or content digest.
                 * @example dist/app.tgz
                 */
                artifact?: components["parameters"]["Artifact"];
                /**
                 * @description Whether something failed.
                 * @example true
                 */
                has_error?: components["parameters"]["HasError"];
                /**
                 * @description Runs whose record reaches exactly this level by the trust file of the server.
                 * @example sealed
                 */
                level?: components["parameters"]["Level"];
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    postRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same request with the same key is answered as the first time, for a day.
                 * @example 9f2c1d9a
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The record. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentRun"];
            };
        };
        responses: {
            /** @description It was stored already. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReceipt"];
                };
            };
            /** @description The run is stored, and lasts. */
            201: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReceipt"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    postRunBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description One record a line. */
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description One result a line, in the order of the lines. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    streamRuns: {
        parameters: {
            query?: never;
            header?: {
                /** @description `id` of the last event that arrived: the stream goes on after it. Without it the stream begins with the next event. */
                "Last-Event-ID"?: components["parameters"]["LastEventId"];
                /** @description An `ETag`: if the record still has it, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream, or the run called `stream`. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                    "application/json": components["schemas"]["AgentRun"];
                };
            };
            /** @description The run called `stream` has not changed. */
            304: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            default: components["responses"]["Problem"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description An `ETag`: if the record still has it, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRun"];
                };
            };
            /** @description The record has not changed. */
            304: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    eraseRun: {
        parameters: {
            query: {
                /**
                 * @description What to erase.
                 * @example private
                 */
                scope: "private" | "record";
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is erased. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureReceipt"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    patchRun: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the record that is to be changed, one and no `*`; also without its quotes, as the `etag` of a receipt is. */
                "If-Match": components["parameters"]["IfMatch"];
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description The members to change; `null` removes one. */
        requestBody: {
            content: {
                "application/merge-patch+json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The new record. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRun"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Changed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["ConditionNeeded"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    getEvents: {
        parameters: {
            query?: {
                /**
                 * @description Number of a chained line: only what follows it. Absent: from the beginning.
                 * @example 16
                 */
                after?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. Empty for a run that no journal has fed. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    appendEvents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description Journal lines, chained and private ones, as they were written. */
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description How far the server has the journal. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalAck"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    listSteps: {
        parameters: {
            query?: {
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    getProvenance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Provenance and statements. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProvenanceAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    verifyRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The verdict, also if checks fail. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    proveStep: {
        parameters: {
            query: {
                /**
                 * @description Id of the step.
                 * @example s-1
                 */
                step: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepProof"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    putEval: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** @description The judgement. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvalResult"];
            };
        };
        responses: {
            /** @description It is attached. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReceipt"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    listEvals: {
        parameters: {
            query?: {
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvalPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description How the body is compressed.
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
                /**
                 * @description Id of the approval within the run, percent-encoded.
                 * @example appr-1
                 */
                approval_id: components["parameters"]["ApprovalId"];
            };
            cookie?: never;
        };
        /** @description The decision. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalEvent"];
            };
        };
        responses: {
            /** @description It was stored already. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalEntry"];
                };
            };
            /** @description The decision is stored. */
            201: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalEntry"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            408: components["responses"]["TimedOut"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["MediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["Full"];
            default: components["responses"]["Problem"];
        };
    };
    diffRun: {
        parameters: {
            query: {
                /**
                 * @description The id of another run, or `last_good` for the newest earlier run that went well; a run with that id cannot be named.
                 * @example last_good
                 */
                against: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the run, percent-encoded. Any id but `.` and `..` can be used.
                 * @example run_2292
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDiff"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Unknown"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Problem"];
        };
    };
    listArtifacts: {
        parameters: {
            query?: {
                /**
                 * @description Runs of this turn, child runs included.
                 * @example t-8
                 */
                turn_id?: string;
                /** @description This run. */
                run_id?: string;
                /** @description Artifacts with this content digest. */
                digest?: string;
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description Of this run. */
                run_id?: string;
                /**
                 * @description In this state.
                 * @example denied
                 */
                state?: "requested" | "approved" | "denied" | "expired" | "cancelled" | "escalated" | "revoked";
                /** @description About this tool. */
                tool?: string;
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listMcpServers: {
        parameters: {
            query?: {
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description `next` of the page before, asked with the same filters. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpServerPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getLeaderboard: {
        parameters: {
            query?: {
                /**
                 * @description What to group by.
                 * @example model
                 */
                by?: "agent_id" | "model" | "runtime";
                /** @description Only this benchmark. */
                benchmark_id?: string;
                /**
                 * @description Most items of the page. Default: 50.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The groups. */
            200: {
                headers: {
                    "X-Agent-Run-Protocol": components["headers"]["Protocol"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Leaderboard"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
}
