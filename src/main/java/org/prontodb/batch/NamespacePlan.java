package org.prontodb.batch;

import org.prontodb.model.Namespace;

/** How many keys of a namespace a load would touch, and how. */
public record NamespacePlan(
    Namespace namespace, long create, long update, long unchanged, long delete) {}
