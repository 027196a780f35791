package org.seedwright.pipelines.engine;

class DirectEngineTest extends EngineContract {
  private final DirectEngine engine = new DirectEngine();

  @Override
  Engine engine() {
    return engine;
  }
}
