<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>Aumentar la resolución de un ráster</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>Hace un ráster 2, 3 o 4 veces más fino con un modelo entrenado.</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Hace un ráster 2, 3 o 4 veces más fino: el mismo lugar, tipo de datos, bandas, nodata y metadatos.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Modelo&lt;/b&gt;: uno de la lista o la ruta de un archivo .safetensors. Vacío toma el mejor para el ráster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: cómo se tomó la escena, para un modelo al que se le puede decir, que entonces quita tanto desenfoque como haya. Vacío toma lo que dicen los metadatos, si no lo que muestra la escena.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Factor&lt;/b&gt;: «auto» toma el del modelo, si no 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bandas&lt;/b&gt;: las que se toman, en su orden; todas si no se elige ninguna. Un modelo de tres bandas toma rojo, verde y azul juntos y las demás una por una.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extensión&lt;/b&gt; y &lt;b&gt;máscara&lt;/b&gt; calculan una parte, igual hasta el bit a esa parte del todo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Rango de valores&lt;/b&gt;: los valores que el modelo ve como 0 y 1, hallados en el ráster si está vacío. El resultado conserva las unidades del ráster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tesela&lt;/b&gt; y &lt;b&gt;margen&lt;/b&gt;: el ráster se procesa en cuadrados, cada uno leído con píxeles alrededor para que no se vean costuras. Deje ambos, salvo que falte memoria (una tesela menor).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Más cerca de la entrada&lt;/b&gt;: vuelto a los píxeles de la entrada, difiere menos. Se omite, con un aviso, donde la escena es demasiado nítida para el modelo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Media de ocho vistas&lt;/b&gt; calcula la escena volteada y girada: un poco mejor, ocho veces más tiempo. &lt;b&gt;Error esperado&lt;/b&gt; escribe cuánto se espera que se equivoque cada píxel, según difieren las ocho, en las unidades del ráster.&lt;/p&gt;&lt;p&gt;El trabajo lo hace rs-sr en un Python propio: Configuración &gt; Opciones &gt; Superresolución.&lt;/p&gt;&lt;p&gt;El detalle menor que el píxel de entrada se infiere de imágenes de entrenamiento, no se mide.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>Cuántas veces más fino</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>Modelo con el que se hizo</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>Terminó antes de que llegara la cancelación: {} está ahí.</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} píxeles con {} en {:.1f} s</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} error esperado</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>no puede crear entornos (hacen falta venv y ensurepip)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>es Python {}, hace falta {} o más nuevo</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>es un Python de 32 bits, hacen falta 64</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>rs-sr no está en ningún índice público de paquetes</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>Elija una carpeta de wheels, un wheel o un clon</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} no existe</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>Elija otra cosa</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Creando el entorno</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>Instalando rs-sr</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>falta venv</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>En Debian y Ubuntu: apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>el disco está lleno</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>Haga sitio e inténtelo de nuevo</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>el proxy lo rechazó</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>Revise Configuración &gt; Opciones &gt; Red o instale desde una carpeta de wheels</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>no se confía en el certificado del índice</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>Añada su autoridad a las de QGIS (Configuración &gt; Opciones &gt; Autenticación &gt; Gestionar certificados) o dé --cert ARCHIVO</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>{} no se encontró para este Python y sistema</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>Revise desde dónde se instala rs-sr: `rs-sr bundle` hace una carpeta de wheels en una máquina como esta</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>un wheel está dañado o es para otro Python o sistema</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>Copie los wheels de nuevo o elija otro Python</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>no se pudo escribir un archivo</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>Un antivirus o los permisos de la carpeta pueden estorbar</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>no se llega al índice</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>Revise la red o instale desde una carpeta de wheels</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>este Python es demasiado antiguo o demasiado nuevo</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>Elija otro intérprete</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>no dijo nada</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>El registro de abajo dice más</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>«{}»: el archivo {} no existe</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>Elija otro, o un nombre de la lista.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>«{}» es {}, que no es una de las opciones</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>Dé uno de {}, tal como está escrito aquí.</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} no es una opción de creación</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>Escriba CLAVE=VALOR.</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>Elija otro perfil, o COMPRESS={}.</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} cambia valores</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} puede cambiar valores, bandas o la posición</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>Omítala.</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>El resultado es un GeoTIFF</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>Su nombre debe terminar en .tif.</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>La carpeta {} no existe</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>Elija otra o créela.</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>No se puede escribir nada en {}</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Elija otra carpeta.</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} es la entrada, que un resultado no reemplaza</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Elija otro nombre.</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>Se pidió la banda {}, {} tiene {}</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>Elija bandas que tenga.</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>La extensión y los polígonos de máscara eligen cada uno una parte</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>Dé uno de ellos.</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>El rango de valores de {:g} a {:g} está vacío</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>Dé primero el número menor.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>«{}» es {}, que no es un número</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>Dé un número o déjelo vacío.</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>El mapa no muestra {}</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>El mapa muestra demasiado de {}</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>Acerque el mapa.</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>No se puede escribir {}</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>Obtención de pesos publicados</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>Superresolución</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>Cancelando ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%, faltan {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>Cancelado; no quedó nada.</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Mostrar el registro</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>Todas las opciones...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Abrir la carpeta</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>Listo en {}: {}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>Listo en {}, pero la entrada ya no está en el proyecto.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Añadir</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>Arrastre el divisor; Espacio lo gira, Escape termina.</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>Escribiendo un informe ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>abrirlo otra vez</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>El informe se abrió en el navegador: {}.</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} exportado</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>No se puede escribir {}.</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>Copiar la ruta</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>Ningún programa de este equipo abrió {}.</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>El ráster que se hará más fino; sigue a la capa activa</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>Cuántas veces más píxeles por lado; automático: según el modelo, si no 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automático</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>{} veces más fino</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>Bandas a tomar, en su orden; todas si no se marca ninguna</translation>
        </message>
        <message>
            <source>all</source>
            <translation>todas</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>La parte de la capa que se calcula</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>toda la capa</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>lo que muestra el mapa</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>dentro de polígonos</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>Polígonos; fuera de ellos el resultado no tiene datos</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>Adónde va el resultado: un GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>un archivo temporal</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>Exportar la parte visible...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>Escribe en un GeoTIFF lo que el mapa muestra de la capa</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>Instalar el motor...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>Abre la página de opciones donde se instala el motor</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Ejecutar</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>Hace el resultado en segundo plano y lo añade al proyecto</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>Detiene la ejecución y la vista previa; no queda nada</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>Abre la guía en el navegador</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Capa</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>Sensor</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>Factor</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandas</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Área</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Archivo</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>El mapa no muestra nada de {}</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>Mueva el mapa o tome otra área.</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>No se han elegido polígonos</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>Elija una capa.</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{} veces más fino, según el modelo</translation>
        </message>
        <message>
            <source>Looking at {} ...</source>
            <translation>Examinando {} ...</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Menos</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Detalles</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Resultados</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>El más nuevo primero; elija dos para compararlos entre sí</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>Arrastrar un divisor entre la entrada y el resultado, o entre dos resultados</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Informe</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>Muestra en el navegador hasta dónde se puede creer el resultado</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>Lo que hizo el resultado, para hacerlo otra vez</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Receta</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>Repetir...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>Copiar como orden</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Copiar como Python</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Quitar de la lista</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (reemplazado)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>Bicúbico: suave, no añade detalle</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos: un poco más nítido, no añade detalle</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>Vecino más próximo: los valores como son, para clases</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>calidad {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>la mejor calidad</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>Cualquier escena</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>Aéreo y dron</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>Satélite</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}, borrosa o con ruido</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}, una banda</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Más</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>como dice la capa</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>El valor de los píxeles sin datos</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>Paleta a colores</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>Para imágenes de 256 colores; no para mapas de clases</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>Más cerca de la entrada</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>Vuelto a su tamaño original, el resultado difiere menos de la entrada</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>Media de ocho vistas</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>Un poco mejor, y ocho veces más tiempo</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>Abre el diálogo de la caja de herramientas con lo elegido aquí</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>Pesos publicados...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>Obtener los pesos que publicaron los autores de las redes</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>Valor nodata</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Elegir un archivo</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>Un modelo de la lista o la ruta de un archivo .safetensors</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>Modelos (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>el mejor para el ráster</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>Cómo se tomó la escena, para un modelo al que se le puede decir: un sensor o su archivo</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>Sensores (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>Según los metadatos; si no, como se mide en esta escena</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>medido en esta escena</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>desconocido: prudente</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Registro</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>Copiar para una pregunta</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>Copia versiones, rutas y el final del registro, sin contraseñas</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>Motor</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>rs-sr trabaja en un Python propio, aparte de QGIS. Elija uno que tenga rs-sr o cree uno abajo.</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>El Python que tiene rs-sr</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>Por ejemplo .venv/bin/python de un clon de rs-sr</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>el entorno creado abajo</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>&amp;Python con rs-sr</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Probar</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>Lo inicia y muestra lo que puede hacer</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>Crear un entorno e instalar rs-sr en él</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>Un Python de este equipo, 3.11 o más nuevo, que pueda crear entornos</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>Python &amp;base</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>Instalar &amp;desde</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>por ejemplo --index-url DIRECCIÓN o --cert ARCHIVO</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>Se pasan a pip tal cual</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>&amp;Más argumentos de pip</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>&amp;Instalar...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>Crea un entorno nuevo; el que funciona se queda hasta que el nuevo funcione</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Cancelar</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>QGIS está en un Flatpak y no puede hacerlo. En un terminal: {}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>una carpeta de wheels, un wheel o un clon</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>Desde dónde se instala rs-sr</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>Elegir una carpeta o un wheel</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>Carpeta de wheels o clon...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>Wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>Carpeta de wheels o clon de rs-sr</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>Wheel de rs-sr</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>Instalando ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>Elegido: {}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>Todavía no instalado.</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>todavía no hay motor. Elija un Python que tenga rs-sr o instale uno abajo.</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} no existe. Elija otro.</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>Probando {} ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>Se crea un entorno en {} y se instala rs-sr desde {}. Ocupa unos {}; hay {} libres.</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>su índice</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>Lo que necesita se descarga: varios cientos de MB, con CUDA algunos GB.</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>Instalar el motor rs-sr</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>problema: {}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} funciona, {} modelos, calcula en {}.</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>Bien:</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>Problema:</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>un nombre o un archivo, como texto</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Nota</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>No se puede ejecutar</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Todavía no</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}, factor {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{}: {} x {} píxeles, hasta {}, unos {}.</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>Solo quedan {} en el disco.</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} ya existe: al ejecutar se pregunta si reemplazarlo.</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Malo</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>Dudoso</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Desconocido</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Bueno</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Escena</translation>
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
            <translation>El mapa no muestra nada de la capa: mueva el mapa.</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>Vista previa ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>Vista previa de {}</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>Vista previa en {:.1f} s.</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vista previa</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>Prueba el modelo en el centro del mapa, 256 x 256 píxeles de entrada</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Continua</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>Hace otra vista previa cuando cambia el mapa o una elección</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>Muestra la vista previa sobre el mapa, o la oculta</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>Arrastrar un divisor entre la entrada y la vista previa</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Quitar</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>Quita la vista previa del mapa</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>Pesos publicados</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>Pesos que publicaron los autores de las redes. Se toman de la dirección de los autores, se comprueban y quedan en la lista de modelos.</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>Obtener</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>Tomarlos de la dirección de los autores</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>Desde un archivo...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>Tomar el archivo de los autores, obtenido por otros medios</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{} (ya está)</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>Licencia: {}. Entrenado con {}. De {}.</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>Obteniendo {} ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>Descargue {} con un navegador y ábralo aquí.</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>el archivo</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} está en la lista de modelos.</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>No se ha elegido ninguna capa.</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>No hay ninguna capa ráster en el proyecto.</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>El backend se está configurando; espere un minuto.</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} ya existe.</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>Si se reemplaza, también su capa: {}.</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>Conservar ambos ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Reemplazar</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>Exporte primero la parte que necesita a un GeoTIFF: Capa &gt; Guardar como.</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>La capa {} no es válida</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} es una imagen de un servidor, no datos</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} no es un archivo ráster</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} se abre con {}, que solo QGIS conoce</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} es un archivo en la memoria de QGIS, que ningún otro programa ve</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} tiene varios valores nodata ({}), un resultado tiene uno</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>Dé el que cuenta en «Valor nodata».</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>Iniciando el motor</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>Abriendo el ráster</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>Mirando el ráster</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>Aumentando la resolución</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>Terminando el archivo</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>Instálelo en Configuración &gt; Opciones &gt; Superresolución.</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>Los detalles están en el panel de registro, pestaña Super-resolution.</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>El motor rs-sr todavía no está instalado</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>{} no se puede iniciar</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>rs-sr no está instalado en el Python elegido para él</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>El motor rs-sr (versión {}) es demasiado antiguo para este complemento</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>El motor rs-sr (versión {}) es más nuevo que este complemento</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Actualice el complemento.</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>El motor rs-sr no puede leer polígonos: geopandas no está en su Python</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>Instálelo de nuevo desde wheels reunidos donde rs-sr[aoi] está instalado.</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>El motor rs-sr no responde</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>El motor rs-sr no dijo nada durante dos minutos y fue detenido</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>El motor rs-sr terminó en medio de su trabajo ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>Quizá faltó memoria o un antivirus lo detuvo.</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>El motor rs-sr falló: {}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>Tome la capa entera.</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>Otra vez, con los certificados en los que QGIS confía</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>Un archivo ráster. Una imagen de un servidor se exporta primero.</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>Un modelo de la lista o la ruta de un archivo de modelo; vacío para el mejor.</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>Cómo se tomó la escena, para un modelo al que se le puede decir: uno de la lista o la ruta de un archivo de sensor; vacío para lo que dicen los metadatos, si no lo que muestra la escena.</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>Cuántas veces más fino; auto toma el factor del modelo, si no 2.</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>Las que se toman, en su orden; todas si no se da ninguna.</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>Una parte a calcular, igual a esa parte del todo.</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>Fuera de estos polígonos el resultado no tiene datos.</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>Lo que el modelo ve como 0 y 1; si está vacío se halla en el ráster.</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>El valor de los píxeles sin datos; si no, el de la capa.</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>En lugar de un sensor: lo que queda de las rayas más finas, de 0 a 1; un número, o dos a lo largo de y y x.</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>Su desviación estándar; si no la del sensor, si no lo que muestra la escena.</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>Vuelto a su tamaño original, el resultado difiere menos de la entrada.</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>Volteada y girada: un poco mejor, ocho veces más tiempo.</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>Para imágenes de 256 colores; no para mapas de clases.</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>El lado de los cuadrados que se procesan; menor ocupa menos memoria.</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>Píxeles leídos alrededor de una tesela para que no se vean costuras. Déjelo.</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>Lo que la ejecución no supera; si no, un cuarto del equipo, hasta 4 GB.</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>En qué corre el modelo; auto toma una tarjeta gráfica si hay una que pueda.</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>En cuántos calcular; si no, en todos.</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>Lo que ejecuta el modelo; auto toma torch, para modelos ONNX onnxruntime.</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>De los números del modelo; auto conserva los valores.</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>Del resultado. jpeg y webp cambian valores, las demás no.</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>Para el controlador GeoTIFF de GDAL.</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>Ordenado para leerse por la red.</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>Donde el resultado se carga en el proyecto.</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>Un GeoTIFF: el mismo lugar, tipo, bandas y metadatos, solo más fino.</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>Cuánto se espera que se equivoque cada píxel; usa la media de ocho vistas.</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>Ráster</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Extensión</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>Polígonos de máscara</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>Rango de valores</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>Desenfoque (lo que queda en Nyquist: y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>Ruido (en las unidades del ráster)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>Media de ocho vistas (ocho veces más tiempo)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>Tesela (píxeles de entrada)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>Margen (auto, exact o píxeles)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>Límite de memoria (como 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>Dispositivo (auto, cpu, cuda, cuda:1, mps o xpu)</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>Núcleos</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Biblioteca de cálculo</translation>
        </message>
        <message>
            <source>Number format</source>
            <translation>Formato numérico</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>Compresión</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>Opciones de creación (CLAVE=VALOR|CLAVE=VALOR)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>Dar al resultado el estilo de la entrada</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>Superresuelto</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>Error esperado</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>No hay ninguna capa ráster</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>Elija una.</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>La parte elegida no contiene píxeles del ráster</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>Mueva el mapa o tome la capa entera.</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>QGIS sitúa esta capa por sus números de píxel, sus resultados por puntos de control o RPC</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>Quite la transformación del archivo (gdal_edit.py -unsetgt FILE) y cárguelo de nuevo.</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>Falta un paso: instalar el motor que hace el trabajo.</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>Instalar...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>El motor está instalado.</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>Abrir el panel</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr: superresolución de rásteres</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>No hay polígonos</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>Dibuje alguno o elija otra capa.</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>La capa de polígonos ya no está</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>este ráster tiene un ruido de alrededor de {} del rango de valores: puede tomarse por textura</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>este ráster tiene un ruido de alrededor de {} del rango de valores</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>no se puede saber la nitidez de este ráster: hay muy pocos bordes claros</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>este ráster es demasiado pequeño, uniforme o con demasiados huecos para juzgar su nitidez</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>este ráster está desenfocado unos {} píxeles: x{} ampliará sobre todo el desenfoque</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>este ráster no muestra bloques de JPEG</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>este ráster se comprimió con JPEG de calidad {}: lo que se perdió no vuelve</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>este ráster se comprimió con JPEG de calidad {}</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>este ráster muestra los bloques de 8 píxeles de la compresión JPEG: también se realzarán</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>el resultado tiene píxeles de {} m, {} se entrenó para {} a {} m: espere menos nitidez</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>el resultado tiene píxeles de {} m, {} se entrenó para {} a {} m</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>{} de este ráster no tiene datos</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>{} de la banda {} no tiene datos</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>{} de las bandas {} no tiene datos</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} bandas, un modelo de una banda: banda por banda</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 banda, un modelo de 3 bandas: banda por banda, cada una vista 3 veces y promediada</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} bandas, un modelo de 3 bandas: banda por banda, cada una vista 3 veces y promediada</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>el rojo, el verde y el azul pasan juntos por {}, la banda {} una por una</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>la banda {} solo tiene {} valores distintos: si son clases o indicadores, la superresolución inventa otros entre ellos; use {}</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>no hay valor nodata definido, pero los bordes de la banda {} son {}: si eso significa sin datos, indique {}</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} tiene una paleta: sus números son clases, no brillo</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>use {} si es una imagen, o {} si es un mapa</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} no está georreferenciado</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>calcula en la CPU</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>el modelo {} es desconocido</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>una tesela de {} píxeles necesita {}, el límite es {}</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>el disco de {} está lleno</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>libere espacio o elija otra carpeta</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>no se puede escribir en la carpeta {}</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>elija otra carpeta o cambie sus permisos</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>Cancelado; lo que había antes sigue igual.</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>Instalando el motor rs-sr</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>Otro QGIS está instalando el motor</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Espere a que termine.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>No se puede escribir {}: {}.</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>Elija otro intérprete o instale lo que le falta (apt: python3-venv).</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>No se puede usar {}: {}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>Probándolo</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>los polígonos necesitan geopandas, que no está</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>Probando el motor rs-sr</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>Escribiendo un informe</translation>
        </message>
    </context>
</TS>
