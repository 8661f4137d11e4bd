package org.prontodb.store.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.prontodb.store.Identities;

/** Identities in maps. */
final class MemoryIdentities implements Identities {
  private final Map<String, User> users;
  private final Map<String, ApiKey> apiKeys;
  private final Map<String, Session> sessions;
  private final List<Grant> grants;
  private final List<IdentityChange> changes;

  /** As a new store has them: {@code admin} alone. */
  MemoryIdentities(String adminPassword) {
    users = new TreeMap<>();
    apiKeys = new TreeMap<>();
    sessions = new TreeMap<>();
    grants = new ArrayList<>();
    changes = new ArrayList<>();
    users.put(ADMIN, new User(ADMIN, adminPassword));
  }

  /** A copy that goes its own way. */
  MemoryIdentities(MemoryIdentities other) {
    users = new TreeMap<>(other.users);
    apiKeys = new TreeMap<>(other.apiKeys);
    sessions = new TreeMap<>(other.sessions);
    grants = new ArrayList<>(other.grants);
    changes = new ArrayList<>(other.changes);
  }

  @Override
  public Optional<User> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  @Override
  public List<User> users() {
    return List.copyOf(users.values());
  }

  @Override
  public void save(User user) {
    users.put(user.name(), user);
  }

  @Override
  public void removeUser(String name) {
    users.remove(name);
    apiKeys.values().removeIf(key -> key.user().equals(name));
    sessions.values().removeIf(session -> session.user().equals(name));
    grants.removeIf(grant -> grant.user().equals(name));
  }

  @Override
  public Optional<ApiKey> apiKey(String id) {
    return Optional.ofNullable(apiKeys.get(id));
  }

  @Override
  public List<ApiKey> apiKeys() {
    return apiKeys.values().stream()
        .sorted(Comparator.comparingLong(ApiKey::createdAt).thenComparing(ApiKey::id))
        .toList();
  }

  @Override
  public void save(ApiKey key) {
    apiKeys.put(key.id(), key);
  }

  @Override
  public void removeApiKey(String id) {
    apiKeys.remove(id);
    sessions.values().removeIf(session -> id.equals(session.apiKey()));
  }

  @Override
  public Optional<Session> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  @Override
  public void save(Session session) {
    sessions.put(session.id(), session);
  }

  @Override
  public void removeSession(String id) {
    sessions.remove(id);
  }

  @Override
  public void removePasswordSessions(String user) {
    sessions.values().removeIf(s -> s.user().equals(user) && s.apiKey() == null);
  }

  @Override
  public void removeExpiredSessions(long now) {
    sessions.values().removeIf(session -> session.expiresAt() <= now);
  }

  @Override
  public List<Grant> grants(String user) {
    Comparator<String> widestFirst = Comparator.nullsFirst(Comparator.naturalOrder());
    return grants.stream()
        .filter(grant -> grant.user().equals(user))
        .sorted(
            Comparator.comparing(Grant::project, widestFirst)
                .thenComparing(Grant::namespace, widestFirst))
        .toList();
  }

  @Override
  public void save(Grant grant) {
    remove(grant);
    grants.add(grant);
  }

  @Override
  public boolean remove(Grant grant) {
    Grant reading = new Grant(grant.user(), grant.project(), grant.namespace(), false);
    Grant writing = new Grant(grant.user(), grant.project(), grant.namespace(), true);
    return grants.removeIf(g -> g.equals(reading) || g.equals(writing));
  }

  @Override
  public void record(IdentityChange change) {
    changes.add(change);
  }

  @Override
  public List<IdentityChange> changes(int limit) {
    return changes.reversed().stream().limit(limit).toList();
  }
}
