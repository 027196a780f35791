/** The story of a row: read from finished stages, never from the store, and never asked for. */
package org.seedwright.pipelines.story;
