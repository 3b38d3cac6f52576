/** What a run came to, as a page: read from its directory alone. */
package dev.nurture.report;
