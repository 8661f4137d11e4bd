package org.prontodb.store;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What a user can choose about any store.
 *
 * @param busyTimeoutMillis how long a writer waits for a lock
 * @param durable whether what was committed must survive a loss of power
 * @param adminPassword what a new store is to hold as the password of {@link Identities#ADMIN};
 *     asked when a store is created, and null for the default password
 * @param environment the variables of the process, for credentials that have no place in a URL
 */
public record StoreOptions(
    int busyTimeoutMillis,
    boolean durable,
    Supplier<String> adminPassword,
    Map<String, String> environment) {}
