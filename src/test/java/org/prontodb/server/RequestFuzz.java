package org.prontodb.server;

import java.nio.charset.StandardCharsets;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.Messages;
import org.prontodb.model.Delimiter;
import org.prontodb.model.ProntoException;

/** What a request says of itself: its path, and the types of its body and of the answer. */
public final class RequestFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    refusing(() -> Percent.decode(text, true));
    refusing(() -> MediaTypes.taken(text));
    refusing(() -> MediaTypes.says(text, "header", "present"));
    refusing(() -> MediaTypes.dialectOf(MediaTypes.offered(text)));
    String encoded = Percent.encode(text);
    if (!Percent.decode(encoded, false).equals(text)) {
      throw new AssertionError(text + " became " + encoded);
    }
    refusing(
        () -> {
          Target target = Target.parse("/" + text, Delimiter.DEFAULT);
          target.route();
          switch (target) {
            case Target.Record record -> {
              String path =
                  "/v1/"
                      + Percent.encode(record.address().namespace().path(Delimiter.DEFAULT))
                      + "/"
                      + Percent.encode(record.address().key().text());
              same(target, Target.parse(path, Delimiter.DEFAULT));
            }
            case Target.Records records ->
                same(
                    target,
                    Target.parse(
                        "/v1/" + Percent.encode(records.namespace().path(Delimiter.DEFAULT)),
                        Delimiter.DEFAULT));
            default -> {
              // has nothing within that could be written again
            }
          }
        });
  }

  private static void same(Target target, Target again) {
    if (!target.equals(again)) {
      throw new AssertionError(target + " became " + again);
    }
  }

  private static void refusing(Runnable action) {
    try {
      action.run();
    } catch (ProntoException e) {
      Messages.check(e.problem());
    } catch (HttpRefusal e) {
      Messages.check(e.problem());
    }
  }
}
