package org.prontodb.store.sqlite;

import org.sqlite.core.Sqlite3Statement;

/** A compiled statement and the text that it was compiled from. */
record Prepared(String sql, Sqlite3Statement statement) {}
