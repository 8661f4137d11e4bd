package org.prontodb.batch;

import java.util.function.LongSupplier;
import org.prontodb.auth.Authentication;
import org.prontodb.records.WriteRules;
import org.prontodb.store.Store;

/**
 * Where a load goes, and what applying it there takes.
 *
 * @param store need not exist: only a commit creates it
 * @param authentication null where no sender has to be known
 * @param rules what holds for every write into the store
 * @param clock milliseconds since the epoch
 */
public record LoadTarget(
    Store store,
    Authentication authentication,
    WriteRules rules,
    LongSupplier clock,
    SpillFiles spillFiles) {}
