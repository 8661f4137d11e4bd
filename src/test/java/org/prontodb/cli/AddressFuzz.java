package org.prontodb.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.Messages;
import org.prontodb.mirror.FileNamesFuzz;
import org.prontodb.model.Address;
import org.prontodb.model.Delimiter;
import org.prontodb.model.ProntoException;

/**
 * Addresses: the first byte is the delimiter, the rest the word of a command line. What is taken is
 * written as an address that is read to the same, and its words as names of files that are, too.
 */
public final class AddressFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String word = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    try {
      Delimiter delimiter = Delimiter.parse(Character.toString(input[0] & 0xff));
      Addresses addresses = new Addresses(null, null, null, delimiter);
      Address address = addresses.writable(word);
      same(address, addresses.record(address.path(delimiter)), "its own path");
      String project = address.namespace().project();
      String name = address.namespace().name();
      Addresses apart = new Addresses(project, name, null, delimiter);
      same(address, apart.record(address.key().text()), "-p and -n");
      if (address.key().context() != null) {
        Addresses context = new Addresses(project, name, address.key().context(), delimiter);
        same(address, context.record(address.key().base()), "--context");
      }
      addresses.prefix(List.of(address.path(delimiter)));
      FileNamesFuzz.run(project, name, address.key().text());
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
  }

  private static void same(Address address, Address again, String what) {
    if (!address.equals(again) || !Arrays.equals(address.key().utf8(), again.key().utf8())) {
      throw new AssertionError(what + ": " + address + " became " + again);
    }
  }
}
