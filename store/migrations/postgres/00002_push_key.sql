-- +goose Up
CREATE TABLE push_key (
    one     SMALLINT PRIMARY KEY CHECK (one = 1),
    secret  BYTEA NOT NULL CHECK (octet_length(secret) = 32),
    created BIGINT NOT NULL
);
