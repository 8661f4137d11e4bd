package org.prontodb.batch;

import java.io.UncheckedIOException;
import java.util.List;
import org.prontodb.store.Store;

/**
 * Carries out loads of any dialect: reads all of the input, then applies it, one transaction per
 * namespace in the order of their first appearance. Nothing is committed before the whole input has
 * been read and found valid, and no lock is held while waiting for input.
 *
 * <p>With {@code --commit-every} the input has no end that could be waited for, and these two
 * promises hold for each part of it.
 */
public final class BatchExecutor {
  private final LoadContext context;
  private final LoadCopy copy;

  /**
   * @param copy where what is committed is copied to, or null
   */
  public BatchExecutor(
      LoadTarget target,
      LoadOptions options,
      LoadListener listener,
      LoadSender sender,
      LoadCopy copy) {
    this.context = new LoadContext(target, options, listener, sender);
    this.copy = copy;
  }

  /** Carries out one load. */
  public BatchReport run(List<LoadInput> inputs) {
    LoadOptions options = context.options();
    Store store = context.target().store();
    SpillFiles spillFiles = context.target().spillFiles();
    InputFiles files = new InputFiles(inputs, spillFiles);
    try (Views views = new Views(store, options.check());
        Staging staging = new Staging(spillFiles);
        Tee tee = copy == null ? null : new Tee(copy, spillFiles)) {
      Stages stages = new Stages(context, views, staging, tee);
      if (options.commitEvery() > 0) {
        new EndlessLoad(options.commitEvery(), stages).carryOut(files);
      } else {
        if (mayWriteDirectly(files)) {
          staging.writeDirectly(new DirectWriter(context.target()));
        }
        new WholeLoad(context, views, stages).carryOut(files);
      }
      return stages.report(files.sha256());
    } catch (UncheckedIOException e) {
      throw InputFiles.notStaged(spillFiles, e);
    }
  }

  /** Whether the write lock may be held while reading: no other writer waits longer for it then. */
  private boolean mayWriteDirectly(InputFiles files) {
    return !context.options().check()
        && copy == null
        && (!context.target().store().exists() || files.areAllRegular());
  }
}
