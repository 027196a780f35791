/**
 * Asking teachers: providers behind one interface, retries, and the answer step that every paid
 * stage shares (store first, journal before sending, replies durable before they are used).
 */
package org.seedwright.pipelines.teacher;
