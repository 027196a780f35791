package org.seedwright.pipelines.simulate;

/** A chat request that deserves an error of the protocol. */
final class RefusedCallException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  private RefusedCallException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RefusedCallException noRequest(String message) {
    return new RefusedCallException(400, "invalid_request", message);
  }

  /** A model that is not ours: its replies must never be stored under its name. */
  static RefusedCallException unknownModel(String model) {
    return new RefusedCallException(
        404,
        "model_not_found",
        "the simulated teacher serves only models whose name begins with '%s', not '%s'"
            .formatted(SimulatedTeacher.MODEL_PREFIX, model));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
