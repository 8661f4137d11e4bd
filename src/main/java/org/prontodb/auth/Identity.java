package org.prontodb.auth;

/**
 * Somebody who has proved who they are.
 *
 * @param user the user's name
 * @param proof what proved it, to be checked again inside a transaction: nothing secret
 * @param defaultPassword whether the documented default password was used
 */
public record Identity(String user, String proof, boolean defaultPassword) {}
