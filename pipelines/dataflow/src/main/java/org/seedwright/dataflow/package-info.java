/** Google Cloud's runner for the stages of a run; in a build of its own. */
package org.seedwright.dataflow;
