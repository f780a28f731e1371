module example.org/agent-run-harness

go 1.21
