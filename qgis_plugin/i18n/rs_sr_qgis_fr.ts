<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>Augmenter la résolution d’un raster</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>Rend un raster 2, 3 ou 4 fois plus fin avec un modèle entraîné.</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Rend un raster 2, 3 ou 4 fois plus fin : même lieu, type de données, bandes, nodata et métadonnées.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Modèle&lt;/b&gt; : un de la liste ou le chemin d’un fichier .safetensors. Vide prend le meilleur pour le raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Capteur&lt;/b&gt; : comment la scène a été prise, pour un modèle à qui on peut le dire, qui enlève alors autant de flou qu’il y en a. Vide prend ce que disent les métadonnées, sinon ce que montre la scène.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Facteur&lt;/b&gt; : « auto » prend celui du modèle, sinon 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bandes&lt;/b&gt; : celles à prendre, dans leur ordre ; toutes si aucune n’est choisie. Un modèle à trois bandes prend rouge, vert et bleu ensemble et les autres une par une.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Emprise&lt;/b&gt; et &lt;b&gt;masque&lt;/b&gt; calculent une partie, égale au bit près à cette partie du tout.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Plage de valeurs&lt;/b&gt; : les valeurs que le modèle voit comme 0 et 1, trouvées dans le raster si vide. Le résultat garde de toute façon les unités du raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tuile&lt;/b&gt; et &lt;b&gt;marge&lt;/b&gt; : le raster est traité par carrés, chacun lu avec des pixels autour pour qu’aucun joint ne se voie. Laissez les deux, sauf si la mémoire manque (une tuile plus petite).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Plus proche de l’entrée&lt;/b&gt; : ramené aux pixels de l’entrée, il en diffère moins. Omis, avec un avertissement, où la scène est trop nette pour le modèle.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Moyenne de huit vues&lt;/b&gt; calcule la scène retournée et tournée : un peu meilleur, huit fois plus long. &lt;b&gt;Erreur attendue&lt;/b&gt; écrit de combien chaque pixel risque d’être faux, d’après l’écart des huit, dans les unités du raster.&lt;/p&gt;&lt;p&gt;Le travail est fait par rs-sr dans son propre Python : Préférences &gt; Options &gt; Super-résolution.&lt;/p&gt;&lt;p&gt;Le détail plus fin que le pixel d’entrée est déduit d’images d’entraînement, pas mesuré.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>Combien de fois plus fin</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>Modèle utilisé</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Annulé</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>Il était terminé avant l’annulation : {} est là.</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} pixels avec {} en {:.1f} s</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} erreur attendue</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>il ne peut pas créer d’environnements (il faut venv et ensurepip)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>c’est Python {}, il faut {} ou plus récent</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>c’est un Python 32 bits, il en faut 64</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>rs-sr n’est dans aucun index public de paquets</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>Choisissez un dossier de wheels, un wheel ou un clone</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} n’existe pas</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>Choisissez autre chose</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Création de l’environnement</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>Installation de rs-sr</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>venv manque</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>Sous Debian et Ubuntu : apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>le disque est plein</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>Faites de la place et réessayez</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>le proxy a refusé</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>Vérifiez Préférences &gt; Options &gt; Réseau ou installez depuis un dossier de wheels</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>le certificat de l’index n’est pas reconnu</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>Ajoutez son autorité à celles de QGIS (Préférences &gt; Options &gt; Authentification &gt; Gérer les certificats) ou donnez --cert FICHIER</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>{} n’a pas été trouvé pour ce Python et ce système</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>Vérifiez d’où rs-sr est installé : `rs-sr bundle` fait un dossier de wheels sur une machine comme celle-ci</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>un wheel est endommagé ou fait pour un autre Python ou système</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>Copiez de nouveau les wheels ou choisissez un autre Python</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>un fichier n’a pas pu être écrit</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>Un antivirus ou les droits du dossier peuvent gêner</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>l’index n’est pas joignable</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>Vérifiez le réseau ou installez depuis un dossier de wheels</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>ce Python est trop ancien ou trop récent</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>Choisissez un autre interpréteur</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>il n’a rien dit</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>Le journal ci-dessous en dit plus</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>« {} » : le fichier {} n’existe pas</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>Choisissez-en un autre, ou un nom de la liste.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>« {} » est {}, qui n’est pas un des choix</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>Donnez l’un de {}, écrit comme ici.</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} n’est pas une option de création</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>Écrivez CLÉ=VALEUR.</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>Prendre un autre profil, ou COMPRESS={}.</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} change des valeurs</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} peut changer des valeurs, des bandes ou la position</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>Ne pas la donner.</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>Le résultat est un GeoTIFF</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>Son nom doit finir par .tif.</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>Le dossier {} n’existe pas</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>Choisissez-en un autre ou créez-le.</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>Rien ne peut être écrit dans {}</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} est l’entrée, qu’un résultat ne remplace pas</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>Bande {} demandée, {} en a {}</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>Choisissez des bandes qu’il possède.</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>L’emprise et les polygones de masque choisissent chacun une partie</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>Donnez l’un des deux.</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>La plage de valeurs de {:g} à {:g} est vide</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>Donnez le plus petit nombre en premier.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>« {} » est {}, qui n’est pas un nombre</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>Donnez un nombre ou laissez vide.</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>La carte ne montre pas {}</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>La carte montre une trop grande partie de {}</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>Zoomez.</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>{} ne peut pas être écrit</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>Obtention des poids publiés</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>Super-résolution</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>Annulation ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%, encore {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>Annulé ; il n’en reste rien.</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Afficher le journal</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>Toutes les options...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ouvrir le dossier</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>Terminé en {} : {}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>Terminé en {}, mais l’entrée n’est plus dans le projet.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>Faites glisser le séparateur ; Espace le tourne, Échap termine.</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>Rédaction du rapport ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>le rouvrir</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>Le rapport a été ouvert dans le navigateur : {}.</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} exporté</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>{} ne peut pas être écrit.</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>Copier le chemin</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>Aucun programme de cet ordinateur n’a ouvert {}.</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>Le raster à rendre plus fin ; suit la couche active</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>Combien de fois plus de pixels par côté ; automatique : selon le modèle, sinon 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automatique</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>{} fois plus fin</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>Bandes à prendre, dans leur ordre ; toutes si aucune n’est cochée</translation>
        </message>
        <message>
            <source>all</source>
            <translation>toutes</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>La partie de la couche à calculer</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>toute la couche</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>ce que montre la carte</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>dans des polygones</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>Polygones ; en dehors, le résultat n’a pas de données</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>Où va le résultat : un GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>un fichier temporaire</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>Exporter la partie visible...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>Écrit dans un GeoTIFF ce que la carte montre de la couche</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>Installer le moteur...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>Ouvre la page des options où le moteur est installé</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Lancer</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>Calcule le résultat en arrière-plan et l’ajoute au projet</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>Arrête le calcul et l’aperçu ; il n’en reste rien</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>Ouvre le guide dans le navigateur</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Couche</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modèle</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>Capteur</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>Facteur</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandes</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Zone</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>La carte ne montre rien de {}</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>Déplacez la carte ou prenez une autre zone.</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>Aucun polygone n’est choisi</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>Choisissez une couche.</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{} fois plus fin, selon le modèle</translation>
        </message>
        <message>
            <source>Looking at {} ...</source>
            <translation>Examen de {} ...</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Moins</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Détails</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Résultats</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>Le plus récent en premier ; choisissez-en deux pour les comparer</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparer</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>Glisser un séparateur entre l’entrée et le résultat, ou entre deux résultats</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Rapport</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>Montre dans le navigateur à quel point on peut croire le résultat</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>Ce qui a fait le résultat, pour le refaire</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Recette</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>Répéter...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>Copier comme commande</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Copier comme Python</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Retirer de la liste</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (remplacé)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>Bicubique : lisse, n’ajoute aucun détail</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos : un peu plus net, n’ajoute aucun détail</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>Plus proche voisin : les valeurs telles quelles, pour les classes</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>qualité {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>meilleure qualité</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>Toute scène</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>Aérien et drone</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>Satellite</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}, floue ou bruitée</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}, une bande</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>comme le dit la couche</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>La valeur des pixels sans données</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>Palette en couleurs</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>Pour les images de 256 couleurs ; pas pour les cartes de classes</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>Plus proche de l’entrée</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>Ramené à sa grossièreté, le résultat s’écarte moins de l’entrée</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>Moyenne de huit vues</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>Un peu meilleur, et huit fois plus long</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>Ouvre la fenêtre de la boîte à outils avec ce qui est choisi ici</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>Poids publiés...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>Obtenir les poids que les auteurs des réseaux ont publiés</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>Valeur nodata</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choisir un fichier</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>Un modèle de la liste ou le chemin d’un fichier .safetensors</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>Modèles (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>le meilleur pour le raster</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>Comment la scène a été prise, pour un modèle à qui on peut le dire : un capteur ou son fichier</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>Capteurs (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>Selon les métadonnées, sinon selon la mesure dans cette scène</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>mesuré dans cette scène</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>inconnu : prudent</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>Copier pour une question</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>Copie les versions, les chemins et la fin du journal, sans mots de passe</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>Moteur</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>rs-sr travaille dans son propre Python, séparé de QGIS. Choisissez-en un qui a rs-sr ou créez-en un ci-dessous.</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>Le Python qui a rs-sr</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>Par exemple .venv/bin/python d’un clone de rs-sr</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>l’environnement créé ci-dessous</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>&amp;Python avec rs-sr</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Tester</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>Le démarre et montre ce qu’il sait faire</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>Créer un environnement et y installer rs-sr</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>Un Python de cette machine, 3.11 ou plus récent, qui peut créer des environnements</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>Python de &amp;base</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>Installer &amp;depuis</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>par exemple --index-url ADRESSE ou --cert FICHIER</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>Transmis tels quels à pip</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>&amp;Autres arguments de pip</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>&amp;Installer...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>Crée un nouvel environnement ; celui qui marche reste jusqu’à ce que le nouveau marche</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>A&amp;nnuler</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>QGIS est dans un Flatpak et ne peut pas le faire. Dans un terminal : {}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>un dossier de wheels, un wheel ou un clone</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>D’où rs-sr est installé</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>Choisir un dossier ou un wheel</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>Dossier de wheels ou clone...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>Wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>Dossier de wheels ou clone de rs-sr</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>Wheel de rs-sr</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>Installation ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>Choisi : {}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>Pas encore installé.</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>il n’y a pas encore de moteur. Choisissez un Python qui a rs-sr ou installez-en un ci-dessous.</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} n’existe pas. Choisissez-en un autre.</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>Essai de {} ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>Un environnement est créé dans {} et rs-sr installé depuis {}. Il faut environ {} ; {} sont libres.</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>votre index</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>Ce qu’il faut est téléchargé : plusieurs centaines de Mo, avec CUDA quelques Go.</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>Installer le moteur rs-sr</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>problème : {}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} fonctionne, {} modèles, calcule sur {}.</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>Bien :</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>Problème :</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>un nom ou un fichier, en texte</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Prêt</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Remarque</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>Impossible de lancer</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Pas encore</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}, facteur {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{} : {} x {} pixels, jusqu’à {}, environ {}.</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>Il ne reste que {} sur le disque.</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} existe déjà : un calcul demande s’il faut le remplacer.</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Mauvais</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>Douteux</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Inconnu</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Bon</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Scène</translation>
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
            <translation>La carte ne montre rien de la couche : déplacez la carte.</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>Aperçu ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>Aperçu de {}</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>Aperçu en {:.1f} s.</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Aperçu</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>Essaie le modèle au milieu de la carte, 256 x 256 pixels d’entrée</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>En continu</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>Fait un nouvel aperçu quand la carte ou un choix a changé</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Afficher</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>Montre l’aperçu sur la carte ou le cache</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>Glisser un séparateur entre l’entrée et l’aperçu</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>Retire l’aperçu de la carte</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>Poids publiés</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>Poids que les auteurs des réseaux ont publiés. Ils sont pris à l’adresse des auteurs, vérifiés, puis figurent dans la liste des modèles.</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>Obtenir</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>Les prendre à l’adresse des auteurs</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>Depuis un fichier...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>Prendre le fichier des auteurs, obtenu par un autre moyen</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{} (déjà là)</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>Licence : {}. Entraîné sur {}. Par {}.</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>Obtention de {} ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>Prenez {} dans un navigateur et ouvrez-le ici.</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>le fichier</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} figure dans la liste des modèles.</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>Aucune couche n’est choisie.</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>Il n’y a pas de couche raster dans le projet.</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>Le moteur est en cours d'installation ; attendez une minute.</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} existe déjà.</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>S’il est remplacé, sa couche l’est aussi : {}.</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>Garder les deux ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Remplacer</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>Exportez d’abord la partie voulue en GeoTIFF : Couche &gt; Sauvegarder sous.</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>La couche {} n’est pas valide</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} est une image d’un serveur, pas des données</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} n’est pas un fichier raster</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} est ouvert avec {}, que seul QGIS connaît</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} est un fichier dans la mémoire de QGIS, qu’aucun autre programme ne voit</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} a plusieurs valeurs nodata ({}), un résultat en a une</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>Donnez celle qui compte sous « Valeur nodata ».</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>Démarrage du moteur</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>Ouverture du raster</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>Examen du raster</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>Super-résolution en cours</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>Fin de l’écriture du fichier</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>Installez-le dans Préférences &gt; Options &gt; Super-résolution.</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>Les détails sont dans le journal, onglet Super-resolution.</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>Le moteur rs-sr n’est pas encore installé</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>{} ne peut pas être démarré</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>rs-sr n’est pas installé dans le Python choisi pour lui</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>Le moteur rs-sr (version {}) est trop ancien pour cette extension</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>Le moteur rs-sr (version {}) est plus récent que cette extension</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Mettez l’extension à jour.</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>Le moteur rs-sr ne peut pas lire les polygones : geopandas n’est pas dans son Python</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>Réinstallez-le depuis des wheels réunis là où rs-sr[aoi] est installé.</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>Le moteur rs-sr ne répond pas</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>Le moteur rs-sr n’a rien dit pendant deux minutes et a été arrêté</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>Le moteur rs-sr s’est arrêté au milieu du travail ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>La mémoire a peut-être manqué, ou un antivirus l’a arrêté.</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>Le moteur rs-sr a échoué : {}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>Prenez toute la couche.</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>Encore une fois, avec les certificats auxquels QGIS fait confiance</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>Un fichier raster. Une image d’un serveur est d’abord exportée.</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>Un modèle de la liste ou le chemin d’un fichier de modèle ; vide pour le meilleur.</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>Comment la scène a été prise, pour un modèle à qui on peut le dire : un de la liste ou le chemin d’un fichier de capteur ; vide pour ce que disent les métadonnées, sinon ce que montre la scène.</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>Combien de fois plus fin ; auto prend le facteur du modèle, sinon 2.</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>Celles à prendre, dans leur ordre ; toutes si aucune n’est donnée.</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>Une partie à calculer, égale à cette partie du tout.</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>Hors de ces polygones, le résultat n’a pas de données.</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>Ce que le modèle voit comme 0 et 1 ; trouvé dans le raster si vide.</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>La valeur des pixels sans données ; sinon celle de la couche.</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>Au lieu d’un capteur : ce qui reste des rayures les plus fines, de 0 à 1 ; un nombre, ou deux selon y et x.</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>Son écart-type ; sinon celui du capteur, sinon ce que montre la scène.</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>Ramené à sa grossièreté, le résultat s’écarte moins de l’entrée.</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>Retournée et tournée : un peu meilleur, huit fois plus long.</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>Pour les images de 256 couleurs ; pas pour les cartes de classes.</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>Le côté des carrés traités ; plus petit prend moins de mémoire.</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>Pixels lus autour d’une tuile pour qu’aucun joint ne se voie. Laissez-le.</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>Ce que le calcul ne dépasse pas ; sinon un quart de la machine, jusqu’à 4 Go.</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>Sur quoi le modèle tourne ; auto prend une carte graphique s’il y en a une qui convient.</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>Sur combien calculer ; sinon tous.</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>Ce qui exécute le modèle ; auto prend torch, pour les modèles ONNX onnxruntime.</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>Des nombres du modèle ; auto garde les valeurs.</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>Du résultat. jpeg et webp modifient les valeurs, les autres non.</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>Pour le pilote GeoTIFF de GDAL.</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>Ordonné pour la lecture par le réseau.</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>Là où le résultat est chargé dans le projet.</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>Un GeoTIFF : même lieu, type, bandes et métadonnées, seulement plus fin.</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>De combien chaque pixel risque d’être faux ; prend la moyenne de huit vues.</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Emprise</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>Polygones de masque</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>Plage de valeurs</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>Flou (ce qui reste à Nyquist : y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>Bruit (dans les unités du raster)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>Moyenne de huit vues (huit fois plus long)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>Tuile (pixels d’entrée)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>Marge (auto, exact ou pixels)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>Limite de mémoire (comme 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>Appareil (auto, cpu, cuda, cuda:1, mps ou xpu)</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>Cœurs</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Bibliothèque de calcul</translation>
        </message>
        <message>
            <source>Number format</source>
            <translation>Format des nombres</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>Compression</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>Options de création (CLÉ=VALEUR|CLÉ=VALEUR)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>Donner au résultat le style de l’entrée</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>Super-résolu</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>Erreur attendue</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>Il n’y a pas de couche raster</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>Choisissez-en une.</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>La partie choisie ne contient aucun pixel du raster</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>Déplacez la carte, ou prenez toute la couche.</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>QGIS place cette couche selon ses numéros de pixels, ses résultats selon des points de contrôle ou RPC</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>Supprimez la transformation du fichier (gdal_edit.py -unsetgt FILE) et chargez-le de nouveau.</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>Il reste une étape : installer le moteur qui fait le travail.</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>Installer...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>Le moteur est installé.</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>Ouvrir le panneau</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr : super-résolution de rasters</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>Il n’y a pas de polygones</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>Dessinez-en ou choisissez une autre couche.</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>La couche de polygones a disparu</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>ce raster a un bruit d’environ {} de la plage de valeurs : il peut être pris pour de la texture</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>ce raster a un bruit d’environ {} de la plage de valeurs</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>la netteté de ce raster ne peut être déterminée : trop peu de contours nets</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>ce raster est trop petit, trop uniforme ou trop lacunaire pour juger de sa netteté</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>ce raster est flou d’environ {} pixels : x{} agrandira surtout le flou</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>ce raster ne montre pas de blocs JPEG</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>ce raster a été compressé en JPEG de qualité {} : ce qui a été perdu le reste</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>ce raster a été compressé en JPEG de qualité {}</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>ce raster montre les blocs de 8 pixels de la compression JPEG : ils seront accentués aussi</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>le résultat a des pixels de {} m, {} a été entraîné pour {} à {} m : attendez-vous à moins de netteté</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>le résultat a des pixels de {} m, {} a été entraîné pour {} à {} m</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>{} de ce raster est sans données</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>{} de la bande {} est sans données</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>{} des bandes {} est sans données</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} bandes, un modèle à une bande : bande par bande</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 bande, un modèle à 3 bandes : bande par bande, chacune vue 3 fois et moyennée</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} bandes, un modèle à 3 bandes : bande par bande, chacune vue 3 fois et moyennée</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>le rouge, le vert et le bleu passent ensemble par {}, la bande {} une par une</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>la bande {} n’a que {} valeurs différentes : si ce sont des classes ou des indicateurs, la super-résolution en invente entre elles ; utilisez {}</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>aucune valeur nodata n’est définie, mais les bords de la bande {} valent {} : si cela signifie « sans données », indiquez {}</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} a une palette : ses nombres sont des classes, pas des luminosités</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>utilisez {} si c’est une image, ou {} si c’est une carte</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} n’est pas géoréférencé</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>calcule sur le processeur</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>le modèle {} est inconnu</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>une tuile de {} pixels demande {}, la limite est {}</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>le disque de {} est plein</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>libérez de la place ou choisissez un autre dossier</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>impossible d’écrire dans le dossier {}</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>choisissez un autre dossier ou changez ses droits</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>Annulé ; ce qui était là avant n’a pas changé.</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>Installation du moteur rs-sr</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>Un autre QGIS est en train d’installer le moteur</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Attendez qu’il ait fini.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>{} ne peut pas être écrit : {}.</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>Choisissez un autre interpréteur ou installez ce qui lui manque (apt: python3-venv).</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>{} ne peut pas être utilisé : {}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>Essai</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>les polygones demandent geopandas, qui n’est pas là</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>Essai du moteur rs-sr</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>Rédaction du rapport</translation>
        </message>
    </context>
</TS>
