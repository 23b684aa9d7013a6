"""The only room that knows rasterio and GDAL: rasters in, rasters out, and what is carried between them."""
