-- +goose Up
CREATE TABLE push_key (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    secret  BLOB NOT NULL CHECK (length(secret) = 32),
    created INTEGER NOT NULL
) STRICT;
