@org.jspecify.annotations.NullMarked
package org.custodes.server;
