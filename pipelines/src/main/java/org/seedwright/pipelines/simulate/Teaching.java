package org.seedwright.pipelines.simulate;

/** Makes the reply to the body of a chat request. */
interface Teaching {

  /**
   * Returns the reply.
   *
   * @throws RefusedCallException when the body is no request, or names a model of somebody else
   */
  Said reply(byte[] body) throws RefusedCallException;
}
