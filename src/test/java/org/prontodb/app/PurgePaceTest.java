package org.prontodb.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PurgePaceTest {
  private static final long MILLI = 1_000_000;

  private final PurgePace pace = new PurgePace();

  @Test
  void aSlowPortionIsFollowedByASmallerOne() {
    pace.took(400 * MILLI);
    assertEquals(250, pace.size());
    assertEquals(200 * MILLI, pace.restNanos());
  }

  @Test
  void aQuickPortionIsFollowedByOneOfUpToTwiceItsSize() {
    pace.took(80 * MILLI);
    assertEquals(1_250, pace.size());
    pace.took(0);
    assertEquals(2_500, pace.size());
    assertEquals(0, pace.restNanos());
  }

  @Test
  void aPortionIsNeverNothingNorAnHoursWork() {
    for (int i = 0; i < 30; i++) {
      pace.took(Long.MAX_VALUE / 2);
      assertTrue(pace.size() >= PurgePace.LEAST && pace.restNanos() <= 1_000 * MILLI);
    }
    for (int i = 0; i < 30; i++) {
      pace.took(1);
      assertTrue(pace.size() <= PurgePace.MOST);
    }
    assertEquals(PurgePace.MOST, pace.size());
  }
}
