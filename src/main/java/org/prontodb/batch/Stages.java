package org.prontodb.batch;

/**
 * The stages of one load: {@link Intake} checks its commands and puts the records into {@link
 * Staging}, from where {@link Applier} brings them into the store.
 */
final class Stages {
  final Intake intake;
  final Staging staging;
  final Applier applier;
  final Outcomes outcomes;
  private final long started = System.nanoTime();

  /**
   * @param staging empty
   * @param tee null if no copy is wanted
   */
  Stages(LoadContext context, Views views, Staging staging, Tee tee) {
    this.intake = new Intake(context, views, staging);
    this.staging = staging;
    this.outcomes = new Outcomes(context);
    ReceiptWriter receipt = new ReceiptWriter(context.sender().account(), started);
    this.applier = new Applier(context, staging, outcomes, receipt, tee);
  }

  /**
   * How the load has ended.
   *
   * @param sha256 of what was read, in hexadecimal
   */
  BatchReport report(String sha256) {
    double seconds = (System.nanoTime() - started) / 1e9;
    return outcomes.report(intake, intake.load(sha256), seconds);
  }
}
