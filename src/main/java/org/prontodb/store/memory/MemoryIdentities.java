package org.prontodb.store.memory;

import java.util.Optional;
import org.prontodb.store.Identities;

/** The users of a {@link MemoryState}. */
record MemoryIdentities(MemoryState state) implements Identities {
  @Override
  public Optional<User> user(String name) {
    return Optional.ofNullable(state.users().get(name));
  }

  @Override
  public void save(User user) {
    state.users().put(user.name(), user);
  }
}
