/**
 * What runs came to, as pages for people: read from run directories alone. Each page is one file that needs no other and
 * asks nothing of a network; what it shows is drawn in the browser, out of the data that stand in it as JSON.
 */
package dev.nurture.report;
