package org.prontodb.batch;

import java.util.List;
import org.prontodb.auth.Identity;

/**
 * A load that was read, as {@link Intake} hands it to the stages that apply it; its records are in
 * the {@link Staging}.
 *
 * @param tasks the namespaces with something to do, in the order of their commits
 * @param sender who sent it, or null where that need not be known
 * @param valid whether nothing was wrong with it
 * @param statements how many there were
 * @param bytes how many bytes they have
 */
record ReadLoad(
    List<NamespaceTask> tasks,
    Identity sender,
    ContentId content,
    boolean valid,
    long statements,
    long bytes) {}
