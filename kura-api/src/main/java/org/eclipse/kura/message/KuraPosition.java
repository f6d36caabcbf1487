/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.message;

import java.util.Date;
import org.osgi.annotation.versioning.ProviderType;

/** A geographic position. What was not set is null. Not thread-safe. */
@ProviderType
public class KuraPosition {
  private Double longitude;
  private Double latitude;
  private Double altitude;
  private Double precision;
  private Double heading;
  private Double speed;
  private Date timestamp;
  private Integer satellites;
  private Integer status;

  public KuraPosition() {}

  /** Returns the longitude in degrees, east is positive. */
  public Double getLongitude() {
    return longitude;
  }

  public void setLongitude(double longitude) {
    this.longitude = longitude;
  }

  /** Returns the latitude in degrees, north is positive. */
  public Double getLatitude() {
    return latitude;
  }

  public void setLatitude(double latitude) {
    this.latitude = latitude;
  }

  /** Returns the height in metres. */
  public Double getAltitude() {
    return altitude;
  }

  public void setAltitude(double altitude) {
    this.altitude = altitude;
  }

  /** Returns the precision as the receiver gives it. */
  public Double getPrecision() {
    return precision;
  }

  public void setPrecision(double precision) {
    this.precision = precision;
  }

  /** Returns the direction of travel in degrees, north is 0. */
  public Double getHeading() {
    return heading;
  }

  public void setHeading(double heading) {
    this.heading = heading;
  }

  /** Returns the speed in metres per second. */
  public Double getSpeed() {
    return speed;
  }

  public void setSpeed(double speed) {
    this.speed = speed;
  }

  /** Returns the time of the fix. */
  public Date getTimestamp() {
    return timestamp;
  }

  public void setTimestamp(Date timestamp) {
    this.timestamp = timestamp;
  }

  /** Returns how many satellites were seen. */
  public Integer getSatellites() {
    return satellites;
  }

  public void setSatellites(int satellites) {
    this.satellites = satellites;
  }

  /** Returns the receiver's status, in its own terms. */
  public Integer getStatus() {
    return status;
  }

  public void setStatus(int status) {
    this.status = status;
  }
}
