-- +goose Up
CREATE TABLE deployment (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    id      TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id       TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    role     TEXT NOT NULL CHECK (role IN ('owner', 'auditor', 'member', 'reporter')),
    created  INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    id      TEXT PRIMARY KEY,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    user_id TEXT NOT NULL REFERENCES users (id),
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER
) STRICT;

CREATE TABLE batches (
    id       TEXT PRIMARY KEY,
    received INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_received ON batches (received);

CREATE TABLE agent_reports (
    seq              INTEGER PRIMARY KEY,
    agent_id         TEXT NOT NULL,
    received         INTEGER NOT NULL,
    rx_bytes         INTEGER NOT NULL,
    tx_bytes         INTEGER NOT NULL,
    latency          REAL NOT NULL,
    jetbrains        INTEGER NOT NULL,
    reconnecting_pty INTEGER NOT NULL,
    ssh              INTEGER NOT NULL,
    vscode           INTEGER NOT NULL
) STRICT;
CREATE INDEX agent_reports_received ON agent_reports (received);

CREATE TABLE workspace_builds (
    workspace_id TEXT PRIMARY KEY,
    number       INTEGER NOT NULL,
    transition   TEXT NOT NULL,
    status       TEXT NOT NULL,
    rank         INTEGER NOT NULL,
    heard        INTEGER NOT NULL
) STRICT;

CREATE TABLE latest_update (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version TEXT NOT NULL,
    url     TEXT NOT NULL,
    checked INTEGER NOT NULL
) STRICT;
