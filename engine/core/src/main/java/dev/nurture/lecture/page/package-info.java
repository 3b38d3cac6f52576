/** The lecture as one page: what it claims, what was measured, and its pictures. */
package dev.nurture.lecture.page;
