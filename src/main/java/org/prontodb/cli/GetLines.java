package org.prontodb.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.prontodb.app.Lookup;
import org.prontodb.dialect.Base64Text;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.Address;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Entry;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** Answers several addresses, a line for each. */
final class GetLines {
  private final Invocation call;
  private final Lookup lookup;
  private final Addresses addresses;
  private final ByteBuilder line = new ByteBuilder(1024);
  private final JsonWriter json = new JsonWriter(line);
  private final boolean asJson;
  private final boolean asBase64;
  private long asked;
  private long missing;

  GetLines(Invocation call, Lookup lookup) {
    this.call = call;
    this.lookup = lookup;
    this.addresses = call.addresses();
    this.asJson = call.has(GlobalOptions.JSON);
    this.asBase64 = call.has(GlobalOptions.BASE64);
    if (call.has("--raw")) {
      throw call.usage("--raw prints one value only");
    }
  }

  ExitCode answer(List<String> words) throws IOException {
    for (String word : words) {
      answer(word, addresses.record(word));
    }
    return exit();
  }

  /**
   * Answers each line before waiting for the next one. What is found is as of the moment when the
   * line was read: the view is renewed with every wait.
   */
  ExitCode answerStdin() throws IOException {
    AddressLines lines =
        new AddressLines(
            call.stdin(),
            () -> {
              call.out().flush();
              lookup.refresh();
            });
    byte[] line;
    while ((line = lines.nextAddress()) != null) {
      String word = Arguments.word(line);
      answer(word, record(word, lines));
    }
    return exit();
  }

  private Address record(String word, AddressLines lines) {
    try {
      return addresses.listed(word);
    } catch (ProntoException e) {
      throw lines.at(e);
    }
  }

  private void answer(String word, Address address) throws IOException {
    asked++;
    Optional<Entry> found = lookup.find(address);
    found.ifPresent(entry -> GetCommand.tellAge(call, address, entry));
    if (found.isEmpty()) {
      missing++;
    }
    byte[] value = found.map(Entry::value).orElse(null);
    if (asJson) {
      appendJson(word, value);
    } else if (value == null) {
      line.append("\\N\n");
    } else if (asBase64) {
      Base64Text.encode(value, line);
      line.append('\n');
    } else {
      EscapedText.append(value, line);
      line.append('\n');
    }
    line.drainTo(call.out());
  }

  private void appendJson(String word, byte[] value) {
    json.begin().field("k", word);
    if (value == null) {
      json.field("missing", true);
    } else if (asBase64) {
      json.base64(value);
    } else {
      json.value(value);
    }
    json.endLine();
  }

  private ExitCode exit() {
    if (missing == 0) {
      return ExitCode.DONE;
    }
    String message =
        missing + " of " + asked + (asked == 1 ? " record" : " records") + " not found";
    return call.miss(Problem.of(Kind.NOT_FOUND, message).asException());
  }
}
