package org.prontodb.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.CreateCache;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.RequireAbsent;
import org.prontodb.batch.BatchCommand.RequirePresent;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.NamespacePlan;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Sha256;
import org.prontodb.model.Text;
import org.prontodb.store.Transaction;

/**
 * A tree as the input of a load: what its files change in the store, by the manifest of the last
 * export. Conflicts are told as they are met; if there are any that the policy does not decide, the
 * load is refused at its end.
 */
public final class MirrorImport implements LoadInput {
  /** Preconditions are kept in memory, so there are as many as go into so many bytes. */
  private static final long MAX_CONDITION_BYTES = 16 << 20;

  private static final long CONDITION_BYTES = 512;

  private final Path folder;
  private final Supplier<Transaction> views;
  private final long now;
  private final Delimiter delimiter;
  private final Policy policy;
  private final MirrorListener listener;
  private final List<NamespacePlan> plans = new ArrayList<>();
  private long left;

  /**
   * @param views gives the state of the store that the tree is compared with
   * @param now the time at which records must be alive, in milliseconds since the epoch
   * @param delimiter what no name of a project or namespace in the tree may hold
   */
  public MirrorImport(
      Path folder,
      Supplier<Transaction> views,
      long now,
      Delimiter delimiter,
      Policy policy,
      MirrorListener listener) {
    this.folder = folder;
    this.views = views;
    this.now = now;
    this.delimiter = delimiter;
    this.policy = policy;
    this.listener = listener;
  }

  @Override
  public String name() {
    return folder.toString();
  }

  /** The tree is compared with the store, which is no work to be done with a lock held. */
  @Override
  public boolean isRegularFile() {
    return false;
  }

  @Override
  public CommandReader open() throws IOException {
    Tree tree = Tree.open(folder);
    try {
      return new Reader(tree);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  /** What the import does to each namespace of the tree, once it has been read. */
  public List<NamespacePlan> plans() {
    return plans;
  }

  /** How many records were left as they are, because they have changed and their files have not. */
  public long left() {
    return left;
  }

  /** Whose commands are made a namespace, and within it a key, at a time. */
  private final class Reader implements CommandReader {
    private final Tree tree;
    private final Transaction view;
    private final Queue<BatchCommand> ready = new ArrayDeque<>();
    private final MessageDigest digest = Sha256.digest();
    private Iterator<Namespace> namespaces;
    private Map<Namespace, NamespaceFolder> folders;
    private TreeFiles files;

    /** The namespace of the tree that is next; null behind the last. */
    private Namespace nextOfTree;

    private final ManifestReader manifest;
    private final KnownKeys known;
    private Comparison comparison;
    private long conditionBytesLeft = MAX_CONDITION_BYTES;
    private long conflicts;
    private long bytes;
    private boolean begun;
    private boolean ended;

    Reader(Tree tree) throws IOException {
      this.tree = tree;
      Journal.refuseUnfinished(tree);
      this.manifest = ManifestReader.of(tree);
      this.view = views.get();
      this.known = new KnownKeys(tree, view);
    }

    @Override
    public BatchCommand next() throws IOException {
      try {
        if (!begun) {
          begun = true;
          begin();
        }
        while (ready.isEmpty() && step()) {}
        return ready.poll();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private void begin() throws IOException {
      files = new TreeFiles(tree, delimiter, this::reject);
      folders = files.namespaces();
      namespaces = folders.keySet().iterator();
      manifest.nextNamespace();
      nextOfTree = namespaces.hasNext() ? namespaces.next() : null;
    }

    private boolean step() throws IOException {
      if (comparison != null) {
        if (!comparison.step()) {
          endNamespace();
        }
        return true;
      }
      if (ended) {
        return false;
      }
      if (nextOfTree == null && manifest.namespace() == null) {
        ended = true;
        refuseConflicts();
        return true;
      }
      beginNamespace();
      return true;
    }

    private void beginNamespace() throws IOException {
      Namespace inManifest = manifest.namespace();
      int order =
          nextOfTree == null ? 1 : inManifest == null ? -1 : nextOfTree.compareTo(inManifest);
      Namespace namespace = order <= 0 ? nextOfTree : inManifest;
      NamespaceFolder folder = order <= 0 ? folders.get(namespace) : NamespaceFolder.of(namespace);
      comparison =
          new Comparison(
              tree,
              view,
              folder,
              order <= 0 ? files.keys(folder) : new byte[0][],
              order >= 0 ? manifest : null,
              known,
              tree.isThere(Manifest.FILE),
              now,
              policy,
              new Sink());
      comparison.begin();
      if (order <= 0) {
        nextOfTree = namespaces.hasNext() ? namespaces.next() : null;
      }
    }

    private void endNamespace() throws IOException {
      plans.add(comparison.plan());
      left += comparison.left();
      boolean inManifest = comparison.isInManifest();
      comparison.close();
      comparison = null;
      if (inManifest) {
        manifest.nextNamespace();
      }
    }

    private void reject(Problem problem) {
      ready.add(new Rejected(problem, null));
    }

    private void refuseConflicts() {
      if (conflicts > 0) {
        reject(
            Problem.of(
                Kind.FAILED,
                conflicts == 1
                    ? "the tree and the store are in conflict, in 1 place"
                    : "the tree and the store are in conflict, in " + conflicts + " places",
                "--overwrite lets the files decide, --skip-existing the records that are there"));
      }
    }

    /** Where the comparison says what is to be done. */
    private final class Sink implements Comparison.Sink {
      @Override
      public void command(BatchCommand command) {
        ready.add(command);
        digest(command);
      }

      /** What is hashed has a form of its own, so that receipts stay comparable. */
      private void digest(BatchCommand command) {
        switch (command) {
          case Put put -> {
            String end =
                put.expiry() instanceof Expiry.At at ? Long.toString(at.instant()) : "default";
            digest("+ " + end + "\n");
            digest.update(Sha256.of(put.key().utf8()));
            digest.update(Sha256.of(put.value()));
          }
          case Delete delete -> {
            digest("-\n");
            digest.update(Sha256.of(delete.key().utf8()));
          }
          case SelectNamespace select ->
              digest(
                  "namespace %s %s\n"
                      .formatted(select.namespace().project(), select.namespace().name()));
          case CreateCache create -> {
            CacheSettings cache = create.settings();
            digest(
                "cache %d %d %b\n"
                    .formatted(cache.timeoutSeconds(), cache.maxItems(), cache.evictOnRead()));
          }
          default -> throw new IllegalArgumentException("no command of a mirror: " + command);
        }
      }

      private void digest(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
      }

      /** As a precondition, so that what another process writes meanwhile is not overwritten. */
      @Override
      public void expect(byte[] key, byte[] value) {
        long cost = CONDITION_BYTES + (value == null ? 0 : value.length);
        if (cost > conditionBytesLeft) {
          return;
        }
        conditionBytesLeft -= cost;
        Key stored = Key.stored(key);
        ready.add(value == null ? new RequireAbsent(stored) : new RequirePresent(stored, value));
      }

      @Override
      public void read(long count) {
        bytes += count;
      }

      @Override
      public void progress(long keys) {
        listener.progress(keys);
      }

      @Override
      public void conflict(Place place, String what) {
        conflicts++;
        listener.conflict(
            Problem.of(Kind.FAILED, "conflict: " + Text.visible(place.path() + ": " + what)));
      }

      @Override
      public void fault(Problem problem) {
        reject(problem);
      }
    }

    @Override
    public Position position() {
      return null;
    }

    /** A fault of the tree names its file; what else can be wrong has no place in it. */
    @Override
    public Problem locate(Problem problem, boolean atValue) {
      return problem;
    }

    @Override
    public byte[] statement() {
      throw new UnsupportedOperationException("a tree has no statements");
    }

    /** Of what is to be changed, not of the files. */
    @Override
    public byte[] sha256() {
      return digest.digest();
    }

    @Override
    public long bytesRead() {
      return bytes;
    }

    @Override
    public void close() throws IOException {
      try (tree;
          view;
          manifest;
          known) {
        if (comparison != null) {
          comparison.close();
        }
      }
    }
  }
}
