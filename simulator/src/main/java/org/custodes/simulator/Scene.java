package org.custodes.simulator;
final class Scene {}
