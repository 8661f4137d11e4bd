package org.prontodb.store.sqlite;

import java.sql.PreparedStatement;

/** A compiled statement and the text that it was compiled from. */
record Prepared(String sql, PreparedStatement statement) {}
