<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>Rasterauflösung erhöhen</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>Macht ein Raster mit einem trainierten Modell 2-, 3- oder 4-mal feiner.</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Macht ein Raster 2-, 3- oder 4-mal feiner: derselbe Ort, Datentyp, dieselben Kanäle, Nodata-Werte und Metadaten.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Modell&lt;/b&gt;: eines der Liste oder der Pfad einer .safetensors-Datei. Leer nimmt das beste für das Raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: wie die Szene aufgenommen wurde, für ein Modell, dem man es sagen kann; es nimmt dann so viel Unschärfe weg, wie da ist. Leer nimmt, was die Metadaten sagen, sonst was die Szene zeigt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Faktor&lt;/b&gt;: „auto“ nimmt den des Modells, sonst 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Kanäle&lt;/b&gt;: die zu verwendenden in ihrer Reihenfolge; alle, wenn keiner gewählt ist. Ein Modell für drei Kanäle nimmt Rot, Grün und Blau zusammen und andere Kanäle einzeln.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ausdehnung&lt;/b&gt; und &lt;b&gt;Maske&lt;/b&gt; berechnen einen Teil; er gleicht diesem Teil des Ganzen bis aufs Bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Wertebereich&lt;/b&gt;: die Werte, die das Modell als 0 und 1 sieht; leer werden sie aus dem Raster ermittelt. Das Ergebnis behält so oder so die Einheiten des Rasters.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Kachel&lt;/b&gt; und &lt;b&gt;Rand&lt;/b&gt;: Das Raster wird in Quadraten bearbeitet, jedes mit Pixeln darum herum gelesen, damit keine Nähte zu sehen sind. Lassen Sie beides so, außer wenn der Speicher knapp ist (eine kleinere Kachel).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Näher an der Eingabe&lt;/b&gt;: Wieder auf die Pixel der Eingabe gebracht, weicht es weniger ab. Entfällt mit einer Warnung, wo die Szene für das Modell zu scharf ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mittel aus 8 Ansichten&lt;/b&gt; rechnet die Szene gespiegelt und gedreht: etwas besser, achtmal so lange. &lt;b&gt;Erwarteter Fehler&lt;/b&gt; schreibt, wie weit jedes Pixel voraussichtlich danebenliegt, danach, wie sehr die acht sich unterscheiden, in den Einheiten des Rasters.&lt;/p&gt;&lt;p&gt;Die Arbeit macht rs-sr in einem eigenen Python: Einstellungen &gt; Optionen &gt; Super-Resolution.&lt;/p&gt;&lt;p&gt;Einzelheiten unterhalb des Eingabepixels sind aus Trainingsbildern geschlossen, nicht gemessen.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>Wievielmal feiner</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>Modell, von dem es stammt</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>Er war fertig, bevor der Abbruch ankam: {} ist da.</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} Pixel mit {} in {:.1f} s</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} erwarteter Fehler</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>es kann keine Umgebungen anlegen (venv und ensurepip werden gebraucht)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>es ist Python {}, nötig ist {} oder neuer</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>es ist ein 32-Bit-Python, nötig sind 64 Bit</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>rs-sr ist in keinem öffentlichen Paketindex</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>Wählen Sie einen Ordner mit Wheels, ein Wheel oder einen Klon</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} existiert nicht</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>Wählen Sie etwas anderes</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Umgebung wird angelegt</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>rs-sr wird installiert</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>venv fehlt</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>Unter Debian und Ubuntu: apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>der Datenträger ist voll</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>Schaffen Sie Platz und versuchen Sie es noch einmal</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>der Proxy hat abgelehnt</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>Prüfen Sie Einstellungen &gt; Optionen &gt; Netzwerk oder installieren Sie aus einem Ordner mit Wheels</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>dem Zertifikat des Index wird nicht vertraut</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>Fügen Sie seine Zertifizierungsstelle in QGIS hinzu (Einstellungen &gt; Optionen &gt; Authentifizierung &gt; Zertifikate verwalten) oder geben Sie --cert DATEI an</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>{} wurde für dieses Python und System nicht gefunden</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>Prüfen Sie, woraus rs-sr installiert wird: `rs-sr bundle` macht auf einem gleichen Rechner einen Ordner mit Wheels</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>ein Wheel ist beschädigt oder für ein anderes Python oder System</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>Kopieren Sie die Wheels noch einmal oder wählen Sie ein anderes Python</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>eine Datei konnte nicht geschrieben werden</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>Ein Virenscanner oder die Rechte des Ordners könnten im Weg sein</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>der Index ist nicht erreichbar</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>Prüfen Sie das Netz oder installieren Sie aus einem Ordner mit Wheels</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>dieses Python ist dafür zu alt oder zu neu</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>Wählen Sie einen anderen Interpreter</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>es hat nichts gesagt</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>Mehr steht unten im Protokoll</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>„{}“: Die Datei {} existiert nicht</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>Wählen Sie eine andere oder einen Namen der Liste.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>„{}“ ist {}, das steht nicht zur Wahl</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>Geben Sie eines von {} an, so wie es hier steht.</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} ist keine Erzeugungsoption</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>Schreiben Sie SCHLÜSSEL=WERT.</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>Ein anderes Profil nehmen, oder COMPRESS={}.</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} ändert Werte</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} kann Werte, Kanäle oder die Lage ändern</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>Weglassen.</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>Das Ergebnis ist ein GeoTIFF</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>Der Name muss auf .tif enden.</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>Der Ordner {} existiert nicht</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>Wählen Sie einen anderen oder legen Sie ihn an.</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>In {} kann nichts geschrieben werden</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} ist die Eingabe, die ein Ergebnis nicht ersetzt</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>Kanal {} verlangt, {} hat {}</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>Wählen Sie Kanäle, die es hat.</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>Ausdehnung und Maskenpolygone wählen beide einen Teil</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>Geben Sie eines davon an.</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>Der Wertebereich {:g} bis {:g} ist leer</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>Geben Sie die kleinere Zahl zuerst an.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>„{}“ ist {}, das ist keine Zahl</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>Geben Sie eine Zahl an oder lassen Sie es leer.</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>Die Karte zeigt {} nicht</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>Die Karte zeigt zu viel von {}</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>Zoomen Sie hinein.</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>{} kann nicht geschrieben werden</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>Veröffentlichte Gewichte holen</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>Super-Resolution</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>Wird abgebrochen ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%, noch {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>Abgebrochen; nichts blieb zurück.</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Protokoll zeigen</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>Alle Optionen...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>Fertig in {}: {}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>Fertig in {}, aber die Eingabe ist nicht mehr im Projekt.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>Ziehen Sie den Teiler; Leertaste dreht ihn, Escape beendet.</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>Bericht wird geschrieben ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>noch einmal öffnen</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>Der Bericht wurde im Browser geöffnet: {}.</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} exportiert</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>{} kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>Kein Programm dieses Rechners hat {} geöffnet.</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>Das Raster, das feiner werden soll; folgt dem aktiven Layer</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>Wie viele Male mehr Pixel entlang jeder Seite; automatisch: wie das Modell, sonst 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automatisch</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>{}-mal feiner</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>Zu verwendende Kanäle in ihrer Reihenfolge; alle, wenn keiner angehakt ist</translation>
        </message>
        <message>
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>Der Teil des Layers, der berechnet wird</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>der ganze Layer</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>was die Karte zeigt</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>innerhalb von Polygonen</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>Polygone; was außerhalb liegt, hat im Ergebnis keine Daten</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>Wohin das Ergebnis kommt: ein GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>eine temporäre Datei</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>Sichtbares exportieren...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>Schreibt, was die Karte vom Layer zeigt, in ein GeoTIFF</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>Backend einrichten...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>Öffnet die Optionsseite, auf der das Backend eingerichtet wird</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>Berechnet das Ergebnis im Hintergrund und fügt es dem Projekt hinzu</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>Beendet den Lauf und die Vorschau; nichts bleibt davon zurück</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>Öffnet die Anleitung im Browser</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Layer</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>Sensor</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>Faktor</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Bereich</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>Die Karte zeigt nichts von {}</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>Verschieben Sie die Karte oder wählen Sie einen anderen Bereich.</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>Es sind keine Polygone gewählt</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>Wählen Sie einen Layer.</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{}-mal feiner, wie das Modell</translation>
        </message>
        <message>
            <source>Looking at {} ...</source>
            <translation>{} wird angesehen ...</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Weniger</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>Das neueste zuerst; wählen Sie zwei, um sie miteinander zu vergleichen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>Einen Teiler zwischen Eingabe und Ergebnis oder zwischen zwei Ergebnissen ziehen</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>Zeigt im Browser, wie weit dem Ergebnis zu trauen ist</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>Was das Ergebnis erzeugt hat, um es noch einmal zu erzeugen</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>Wiederholen...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>Als Befehl kopieren</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Als Python kopieren</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (ersetzt)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>Bikubisch: glatt, fügt keine Einzelheiten hinzu</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos: etwas schärfer, fügt keine Einzelheiten hinzu</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>Nächster Nachbar: die Werte, wie sie sind, für Klassen</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>Qualität {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>beste Qualität</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>Jede Szene</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>Luftbild und Drohne</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>Satellit</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}, unscharf oder verrauscht</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}, ein Kanal</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>wie es der Layer sagt</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>Der Wert von Pixeln ohne Daten</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>Palette zu Farben</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>Für Bilder mit 256 Farben; nicht für Klassenkarten</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>Näher an der Eingabe</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>Wieder grob gemacht, weicht das Ergebnis weniger von der Eingabe ab</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>Mittel aus 8 Ansichten</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>Etwas besser, braucht achtmal so lange</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>Öffnet den Dialog der Werkzeugkiste mit dem, was hier gewählt ist</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>Gewichte der Autoren...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>Die Gewichte holen, die die Autoren der Netze veröffentlicht haben</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>Nodata-Wert</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>Ein Modell der Liste oder der Pfad einer .safetensors-Datei</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>Modelle (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>das beste für das Raster</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>Wie die Szene aufgenommen wurde, für ein Modell, dem man es sagen kann: ein Sensor oder seine Datei</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>Sensoren (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>Nach den Metadaten, sonst wie in dieser Szene gemessen</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>in dieser Szene gemessen</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>unbekannt: vorsichtig</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>Für eine Frage kopieren</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>Kopiert Versionen, Pfade und das Ende des Protokolls, ohne Passwörter</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>Backend</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>rs-sr rechnet in einem eigenen Python, getrennt von QGIS. Wählen Sie eines, das rs-sr hat, oder legen Sie unten eines an.</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>Das Python, das rs-sr hat</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>Zum Beispiel .venv/bin/python eines Klons von rs-sr</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>die unten angelegte Umgebung</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>&amp;Python mit rs-sr</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Testen</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>Startet es und zeigt, was es kann</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>Eine Umgebung anlegen und rs-sr darin installieren</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>Ein Python dieses Rechners, 3.11 oder neuer, das Umgebungen anlegen kann</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>&amp;Basis-Python</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>&amp;Installieren aus</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>zum Beispiel --index-url ADRESSE oder --cert DATEI</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>Werden so an pip übergeben</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>&amp;Weitere pip-Argumente</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>&amp;Einrichten...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>Legt eine neue Umgebung an; eine, die funktioniert, bleibt, bis die neue es tut</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>QGIS läuft in einem Flatpak und kann das nicht. In einem Terminal: {}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>ein Ordner mit Wheels, ein Wheel oder ein Klon</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>Woher rs-sr installiert wird</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>Einen Ordner oder ein Wheel wählen</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>Ordner mit Wheels oder Klon...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>Wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>Ordner mit Wheels oder Klon von rs-sr</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>Wheel von rs-sr</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>Wird eingerichtet ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>Gesetzt: {}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>Noch nicht eingerichtet.</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>Es gibt noch kein Backend. Wählen Sie ein Python, das rs-sr hat, oder richten Sie unten eines ein.</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} gibt es nicht. Wählen Sie ein anderes.</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>{} wird getestet ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>In {} wird eine Umgebung angelegt und rs-sr aus {} installiert. Das braucht etwa {}; {} sind frei.</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>Ihrem Index</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>Was es braucht, wird heruntergeladen: mehrere 100 MB, mit CUDA einige GB.</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>rs-sr-Backend einrichten</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>Problem: {}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} funktioniert, {} Modelle, rechnet auf {}.</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>Gut:</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>Problem:</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>ein Name oder eine Datei, als Text</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Bereit</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>Kann nicht starten</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Noch nicht</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}, Faktor {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{}: {} x {} Pixel, bis zu {}, etwa {}.</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>Auf dem Datenträger sind nur {} frei.</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} ist schon da: Ein Lauf fragt, ob die Datei ersetzt werden soll.</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Schlecht</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>Zweifelhaft</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Unbekannt</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Gut</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Szene</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} s</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} min</translation>
        </message>
        <message>
            <source>{:.1f} h</source>
            <translation>{:.1f} h</translation>
        </message>
        <message>
            <source>The map shows nothing of the layer: move the map.</source>
            <translation>Die Karte zeigt nichts vom Layer: die Karte verschieben.</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>Vorschau ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>Vorschau von {}</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>Vorschau in {:.1f} s.</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>Probiert das Modell in der Mitte der Karte aus, 256 x 256 Eingabepixel</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Laufend</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>Macht eine neue Vorschau, sobald sich die Karte oder eine Wahl geändert hat</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>Zeigt die Vorschau über der Karte oder verbirgt sie</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>Einen Teiler zwischen Eingabe und Vorschau ziehen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>Nimmt die Vorschau von der Karte</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>Veröffentlichte Gewichte</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>Gewichte, die die Autoren der Netze veröffentlicht haben. Sie werden von der Adresse der Autoren geholt, geprüft und stehen dann in der Liste der Modelle.</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>Von der Adresse der Autoren holen</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>Aus einer Datei...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>Die Datei der Autoren nehmen, die auf anderem Weg geholt wurde</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{} (schon da)</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>Lizenz: {}. Trainiert mit {}. Von {}.</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>{} wird geholt ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>Im Browser {} holen und von dort nehmen.</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>die Datei</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} steht in der Liste der Modelle.</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>Es ist kein Layer gewählt.</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>Im Projekt ist kein Rasterlayer.</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>Das Backend wird gerade eingerichtet; bitte eine Minute warten.</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} ist schon da.</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>Wird die Datei ersetzt, dann auch ihr Layer: {}.</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>Beide behalten ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>Exportieren Sie zuerst den benötigten Teil in ein GeoTIFF: Layer &gt; Speichern als.</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>Der Layer {} ist ungültig</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} ist ein Bild von einem Server, keine Daten</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} ist keine Rasterdatei</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} ist mit {} geöffnet, das nur QGIS kennt</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} ist eine Datei im Speicher von QGIS, die kein anderes Programm sieht</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} hat mehrere Nodata-Werte ({}), ein Ergebnis hat einen</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>Geben Sie den, der zählt, unter „Nodata-Wert“ an.</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>Backend wird gestartet</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>Raster wird geöffnet</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>Raster wird betrachtet</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>Auflösung wird erhöht</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>Datei wird fertiggestellt</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>Richten Sie es unter Einstellungen &gt; Optionen &gt; Super-Resolution ein.</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>Einzelheiten stehen im Protokollfenster, Reiter Super-resolution.</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>Das rs-sr-Backend ist noch nicht eingerichtet</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>{} kann nicht gestartet werden</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>rs-sr ist in dem Python, das dafür gesetzt ist, nicht installiert</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>Das rs-sr-Backend (Version {}) ist zu alt für diese Erweiterung</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>Das rs-sr-Backend (Version {}) ist neuer als diese Erweiterung</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Aktualisieren Sie die Erweiterung.</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>Das rs-sr-Backend kann keine Polygone lesen: geopandas ist nicht in seinem Python</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>Richten Sie es neu ein, aus Wheels, die dort gebündelt wurden, wo rs-sr[aoi] installiert ist.</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>Das rs-sr-Backend antwortet nicht</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>Das rs-sr-Backend hat zwei Minuten nichts gesagt und wurde beendet</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>Das rs-sr-Backend endete mitten in der Arbeit ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>Vielleicht reichte der Speicher nicht, oder ein Virenscanner hat es beendet.</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>Das rs-sr-Backend ist gescheitert: {}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>Den ganzen Layer nehmen.</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>Noch einmal, mit den Zertifikaten, denen QGIS vertraut</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>Eine Rasterdatei. Ein Bild von einem Server wird zuerst exportiert.</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>Ein Modell der Liste oder der Pfad einer Modelldatei; leer für das beste.</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>Wie die Szene aufgenommen wurde, für ein Modell, dem man es sagen kann: einer der Liste oder der Pfad einer Sensordatei; leer für das, was die Metadaten sagen, sonst was die Szene zeigt.</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>Wievielmal feiner; auto nimmt den Faktor des Modells, sonst 2.</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>Zu verwendende Kanäle in ihrer Reihenfolge; alle, wenn keiner angegeben ist.</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>Ein Teil, der berechnet wird; er gleicht diesem Teil des Ganzen.</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>Außerhalb dieser Polygone hat das Ergebnis keine Daten.</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>Was das Modell als 0 und 1 sieht; leer wird es aus dem Raster ermittelt.</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>Der Wert von Pixeln ohne Daten; sonst, was der Layer sagt.</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>Statt eines Sensors: was von den feinsten Streifen bleibt, von 0 bis 1; eine Zahl oder zwei, entlang y und x.</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>Seine Standardabweichung; sonst die des Sensors, sonst was die Szene zeigt.</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>Wieder grob gemacht, weicht das Ergebnis weniger von der Eingabe ab.</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>Gespiegelt und gedreht: etwas besser, braucht achtmal so lange.</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>Für Bilder mit 256 Farben; nicht für Klassenkarten.</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>Die Seite der Quadrate, die bearbeitet werden; kleiner braucht weniger Speicher.</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>Pixel, die um eine Kachel herum gelesen werden, damit keine Nähte zu sehen sind. Lassen Sie es so.</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>Was der Lauf höchstens braucht; sonst ein Viertel des Rechners, bis zu 4 GB.</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>Worauf das Modell läuft; auto nimmt eine Grafikkarte, wenn eine da ist, die es kann.</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>Auf wie vielen gerechnet wird; sonst auf allen.</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>Was das Modell ausführt; auto nimmt torch, für ONNX-Modelle onnxruntime.</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>Der Zahlen des Modells; auto behält die Werte bei.</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>Des Ergebnisses. jpeg und webp verändern Werte, die anderen nicht.</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>Für den GeoTIFF-Treiber von GDAL.</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>Geordnet für das Lesen über das Netz.</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>Wo das Ergebnis ins Projekt geladen wird.</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>Ein GeoTIFF: derselbe Ort, Typ, dieselben Kanäle und Metadaten, nur feiner.</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>Wie weit jedes Pixel voraussichtlich danebenliegt; verwendet das Mittel aus 8 Ansichten.</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Ausdehnung</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>Maskenpolygone</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>Wertebereich</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>Unschärfe (was bei Nyquist bleibt: y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>Rauschen (in den Einheiten des Rasters)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>Mittel aus 8 Ansichten (braucht achtmal so lange)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>Kachel (Eingabepixel)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>Rand (auto, exact oder Pixel)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>Speichergrenze (wie 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>Gerät (auto, cpu, cuda, cuda:1, mps oder xpu)</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>Kerne</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Number format</source>
            <translation>Zahlenformat</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>Kompression</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>Erzeugungsoptionen (SCHLÜSSEL=WERT|SCHLÜSSEL=WERT)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>Dem Ergebnis den Stil der Eingabe geben</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>Höher aufgelöst</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>Erwarteter Fehler</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>Es gibt keinen Rasterlayer</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>Wählen Sie einen.</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>Der gewählte Teil enthält keine Pixel des Rasters</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>Verschieben Sie die Karte, oder nehmen Sie den ganzen Layer.</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>QGIS legt diesen Layer nach seinen Pixelnummern, seine Ergebnisse nach Passpunkten oder RPCs</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>Entfernen Sie die Transformation der Datei (gdal_edit.py -unsetgt FILE) und laden Sie sie neu.</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>Ein Schritt fehlt noch: das Backend einrichten, das rechnet.</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>Einrichten...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>Das Backend ist eingerichtet.</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>Bedienfeld öffnen</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr: höhere Auflösung für Raster</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>Es gibt keine Polygone</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>Zeichnen Sie welche oder wählen Sie einen anderen Layer.</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>Der Polygonlayer ist weg</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>dieses Raster hat ein Rauschen von etwa {} des Wertebereichs: Es kann für Textur gehalten werden</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>dieses Raster hat ein Rauschen von etwa {} des Wertebereichs</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>wie scharf dieses Raster ist, lässt sich nicht sagen: zu wenige deutliche Kanten</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>dieses Raster ist zu klein, zu gleichförmig oder zu lückenhaft, um seine Schärfe zu beurteilen</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>dieses Raster ist um etwa {} Pixel unscharf: x{} vergrößert vor allem Unschärfe</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>dieses Raster zeigt keine JPEG-Blöcke</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>dieses Raster wurde mit JPEG der Qualität {} komprimiert: Was dabei verloren ging, bleibt verloren</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>dieses Raster wurde mit JPEG der Qualität {} komprimiert</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>dieses Raster zeigt die 8-Pixel-Blöcke der JPEG-Kompression: Sie werden mitgeschärft</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>das Ergebnis hat Pixel von {} m, {} wurde für {} bis {} m trainiert: Es wird weniger geschärft</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>das Ergebnis hat Pixel von {} m, {} wurde für {} bis {} m trainiert</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>{} dieses Rasters sind ohne Daten</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>{} von Kanal {} sind ohne Daten</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>{} der Kanäle {} sind ohne Daten</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} Kanäle, ein Modell für einen Kanal: Kanal für Kanal</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 Kanal, ein Modell für 3 Kanäle: Kanal für Kanal, jeder dreimal gesehen und gemittelt</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} Kanäle, ein Modell für 3 Kanäle: Kanal für Kanal, jeder dreimal gesehen und gemittelt</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>Rot, Grün und Blau gehen zusammen durch {}, Kanal {} einzeln</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>Kanal {} hat nur {} verschiedene Werte: Sind es Klassen oder Kennzeichen, erfindet Super-Resolution Werte dazwischen; nehmen Sie {}</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>es ist kein Nodata-Wert gesetzt, aber die Ränder von Kanal {} sind {}: Heißt das „keine Daten“, geben Sie {} an</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} hat eine Farbpalette: Die Zahlen sind Klassen, keine Helligkeit</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>nehmen Sie {}, wenn es ein Bild ist, oder {}, wenn es eine Karte ist</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} ist nicht georeferenziert</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>rechnet auf der CPU</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>das Modell {} ist unbekannt</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>eine Kachel von {} Pixeln braucht {}, erlaubt sind {}</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>der Datenträger von {} ist voll</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>schaffen Sie Platz oder wählen Sie einen anderen Ordner</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>in den Ordner {} kann nicht geschrieben werden</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>wählen Sie einen anderen Ordner oder ändern Sie seine Rechte</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>Abgebrochen; was vorher da war, ist unverändert.</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>rs-sr-Backend wird eingerichtet</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>Ein anderes QGIS richtet das Backend gerade ein</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Warten Sie, bis es fertig ist.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>{} kann nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>Wählen Sie einen anderen Interpreter oder installieren Sie, was ihm fehlt (apt: python3-venv).</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>{} kann nicht verwendet werden: {}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>Wird getestet</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>Polygone brauchen geopandas, das nicht da ist</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>rs-sr-Backend wird getestet</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>Bericht wird geschrieben</translation>
        </message>
    </context>
</TS>
