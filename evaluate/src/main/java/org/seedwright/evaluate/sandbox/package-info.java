/**
 * Where programs run that nobody has looked at.
 *
 * <p>A {@link org.seedwright.evaluate.sandbox.Sandbox} is a kind of isolation. It opens slots: each
 * a long-lived place, apart from the machine and without network, with a manager process and two
 * fork servers, of which one forks a child for the candidate's program and the other one for its
 * judge. {@link org.seedwright.evaluate.sandbox.Slots} is what callers use. What runs inside are
 * the Python resources beside these classes.
 */
package org.seedwright.evaluate.sandbox;
