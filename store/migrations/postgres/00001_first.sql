-- +goose Up
CREATE TABLE deployment (
    one     SMALLINT PRIMARY KEY CHECK (one = 1),
    id      TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE users (
    id       TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    role     TEXT NOT NULL CHECK (role IN ('owner', 'auditor', 'member', 'reporter')),
    created  BIGINT NOT NULL
);

CREATE TABLE tokens (
    id      TEXT PRIMARY KEY,
    hash    BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    user_id TEXT NOT NULL REFERENCES users (id),
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT
);

CREATE TABLE batches (
    id       TEXT PRIMARY KEY,
    received BIGINT NOT NULL
);
CREATE INDEX batches_received ON batches (received);

CREATE TABLE agent_reports (
    seq              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent_id         TEXT NOT NULL,
    received         BIGINT NOT NULL,
    rx_bytes         BIGINT NOT NULL,
    tx_bytes         BIGINT NOT NULL,
    latency          DOUBLE PRECISION NOT NULL,
    jetbrains        BIGINT NOT NULL,
    reconnecting_pty BIGINT NOT NULL,
    ssh              BIGINT NOT NULL,
    vscode           BIGINT NOT NULL
);
CREATE INDEX agent_reports_received ON agent_reports (received);

CREATE TABLE workspace_builds (
    workspace_id TEXT PRIMARY KEY,
    number       BIGINT NOT NULL,
    transition   TEXT NOT NULL,
    status       TEXT NOT NULL,
    rank         SMALLINT NOT NULL,
    heard        BIGINT NOT NULL
);

CREATE TABLE latest_update (
    one     SMALLINT PRIMARY KEY CHECK (one = 1),
    version TEXT NOT NULL,
    url     TEXT NOT NULL,
    checked BIGINT NOT NULL
);
