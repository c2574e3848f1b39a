-- Hashes of complete subtrees of the Merkle tree, so that proofs and roots need not read all
-- leaves. Level L, index N: the roots of the 256 subtrees of 2^(8L) leaves that begin with leaf
-- N * 2^(8(L+1)). Only full tiles, never changed.

CREATE TABLE eventlog.tile (
    level  integer NOT NULL CHECK (level >= 0),
    index  bigint  NOT NULL CHECK (index >= 0),
    hashes bytea   NOT NULL CHECK (octet_length(hashes) = 256 * 32),
    PRIMARY KEY (level, index)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog.tile
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog.refuse_change();
ALTER TABLE eventlog.tile ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON eventlog.tile TO :"runtime";
