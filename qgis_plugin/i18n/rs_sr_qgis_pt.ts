<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>Aumentar a resolução de um raster</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>Torna um raster 2, 3 ou 4 vezes mais fino com um modelo treinado.</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Torna um raster 2, 3 ou 4 vezes mais fino: o mesmo lugar, tipo de dados, bandas, nodata e metadados.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Modelo&lt;/b&gt;: um da lista ou o caminho de um arquivo .safetensors. Vazio usa o melhor para o raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: como a cena foi tomada, para um modelo a que se pode dizer, que então tira tanto desfoque quanto houver. Vazio usa o que dizem os metadados, senão o que a cena mostra.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Fator&lt;/b&gt;: “auto” usa o do modelo, senão 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bandas&lt;/b&gt;: as que são usadas, na sua ordem; todas se nenhuma for escolhida. Um modelo de três bandas usa vermelho, verde e azul juntos e as outras uma a uma.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extensão&lt;/b&gt; e &lt;b&gt;máscara&lt;/b&gt; calculam uma parte, igual até o bit a essa parte do todo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Intervalo de valores&lt;/b&gt;: os valores que o modelo vê como 0 e 1, achados no raster se vazio. O resultado mantém as unidades do raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bloco&lt;/b&gt; e &lt;b&gt;margem&lt;/b&gt;: o raster é processado em quadrados, cada um lido com pixels em volta para que não se vejam emendas. Deixe ambos, a menos que falte memória (um bloco menor).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mais perto da entrada&lt;/b&gt;: voltado aos pixels da entrada, difere menos. Omitido, com um aviso, onde a cena é nítida demais para o modelo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Média de oito vistas&lt;/b&gt; calcula a cena espelhada e girada: um pouco melhor, oito vezes o tempo. &lt;b&gt;Erro esperado&lt;/b&gt; grava quanto se espera que cada pixel erre, pelo quanto as oito diferem, nas unidades do raster.&lt;/p&gt;&lt;p&gt;O trabalho é feito pelo rs-sr em um Python próprio: Configurações &gt; Opções &gt; Super-resolução.&lt;/p&gt;&lt;p&gt;O detalhe menor que o pixel de entrada é inferido de imagens de treinamento, não medido.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>Quantas vezes mais fino</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>Modelo que o gerou</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>Terminou antes de o cancelamento chegar: {} está lá.</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} pixels com {} em {:.1f} s</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} erro esperado</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>não pode criar ambientes (são necessários venv e ensurepip)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>é Python {}, é necessário {} ou mais novo</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>é um Python de 32 bits, são necessários 64</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>o rs-sr não está em nenhum índice público de pacotes</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>Escolha uma pasta de wheels, um wheel ou um clone</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} não existe</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>Escolha outra coisa</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>Criando o ambiente</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>Instalando o rs-sr</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>falta venv</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>No Debian e no Ubuntu: apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>o disco está cheio</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>Libere espaço e tente de novo</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>o proxy recusou</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>Verifique Configurações &gt; Opções &gt; Rede ou instale de uma pasta de wheels</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>o certificado do índice não é confiável</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>Adicione sua autoridade às do QGIS (Configurações &gt; Opções &gt; Autenticação &gt; Gerenciar certificados) ou informe --cert ARQUIVO</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>{} não foi encontrado para este Python e sistema</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>Verifique de onde o rs-sr é instalado: `rs-sr bundle` faz uma pasta de wheels em uma máquina como esta</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>um wheel está danificado ou é para outro Python ou sistema</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>Copie os wheels de novo ou escolha outro Python</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>um arquivo não pôde ser gravado</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>Um antivírus ou as permissões da pasta podem atrapalhar</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>o índice não pode ser alcançado</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>Verifique a rede ou instale de uma pasta de wheels</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>este Python é antigo ou novo demais</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>Escolha outro interpretador</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>não disse nada</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>O registro abaixo diz mais</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>“{}”: o arquivo {} não existe</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>Escolha outro, ou um nome da lista.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>“{}” é {}, que não é uma das opções</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>Informe um de {}, como está escrito aqui.</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} não é uma opção de criação</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>Escreva CHAVE=VALOR.</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>Escolha outro perfil, ou COMPRESS={}.</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} altera valores</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} pode alterar valores, bandas ou a posição</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>Omita-a.</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>O resultado é um GeoTIFF</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>O nome deve terminar em .tif.</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>A pasta {} não existe</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>Escolha outra ou crie-a.</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>Nada pode ser gravado em {}</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Escolha outra pasta.</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} é a entrada, que um resultado não substitui</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Escolha outro nome.</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>Banda {} pedida, {} tem {}</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>Escolha bandas que ele tenha.</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>A extensão e os polígonos de máscara escolhem cada um uma parte</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>Informe um deles.</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>O intervalo de valores de {:g} a {:g} está vazio</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>Informe primeiro o número menor.</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>“{}” é {}, que não é um número</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>Informe um número ou deixe vazio.</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>O mapa não mostra {}</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>O mapa mostra demais de {}</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>Aproxime o mapa.</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>{} não pode ser gravado</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>Obtenção de pesos publicados</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>Super-resolução</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>Cancelando ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%, faltam {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>Cancelado; nada restou.</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Mostrar o registro</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>Todas as opções...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Abrir a pasta</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>Pronto em {}: {}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>Concluído em {}, mas a entrada saiu do projeto.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>Arraste o divisor; Espaço gira, Escape termina.</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>Gravando um relatório ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>abrir de novo</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>O relatório foi aberto no navegador: {}.</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} exportado</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>{} não pode ser gravado.</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>Copiar o caminho</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>Nenhum programa deste computador abriu {}.</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>O raster a tornar mais fino; segue a camada ativa</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>Quantas vezes mais pixels em cada lado; automático: conforme o modelo, senão 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automático</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>{} vezes mais fino</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>Bandas a usar, na sua ordem; todas se nenhuma for marcada</translation>
        </message>
        <message>
            <source>all</source>
            <translation>todas</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>A parte da camada a calcular</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>a camada inteira</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>o que o mapa mostra</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>dentro de polígonos</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>Polígonos; fora deles o resultado não tem dados</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>Para onde vai o resultado: um GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>um arquivo temporário</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>Exportar a parte visível...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>Grava em um GeoTIFF o que o mapa mostra da camada</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>Instalar o motor...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>Abre a página de opções onde o motor é instalado</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Executar</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>Faz o resultado em segundo plano e o adiciona ao projeto</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>Para a execução e a prévia; nada resta delas</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ajuda</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>Abre o guia no navegador</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Camada</translation>
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
            <translation>Fator</translation>
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
            <translation>Arquivo</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>O mapa não mostra nada de {}</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>Mova o mapa ou escolha outra área.</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>Nenhum polígono foi escolhido</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>Escolha uma camada.</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{} vezes mais fino, pelo modelo</translation>
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
            <translation>Detalhes</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Resultados</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>O mais novo primeiro; escolha dois para compará-los entre si</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>Arrastar um divisor entre a entrada e o resultado, ou entre dois resultados</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Relatório</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>Mostra no navegador até onde se pode acreditar no resultado</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>O que fez o resultado, para fazê-lo de novo</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Receita</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>Repetir...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>Copiar como comando</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Copiar como Python</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Remover da lista</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (substituído)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>Bicúbico: suave, não acrescenta detalhe</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos: um pouco mais nítido, não acrescenta detalhe</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>Vizinho mais próximo: os valores como são, para classes</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>qualidade {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>melhor qualidade</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>Qualquer cena</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>Aéreo e drone</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>Satélite</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}, borrada ou com ruído</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}, uma banda</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mais</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>como diz a camada</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>O valor dos pixels sem dados</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>Paleta para cores</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>Para imagens de 256 cores; não para mapas de classes</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>Mais perto da entrada</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>Voltado ao tamanho original, o resultado difere menos da entrada</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>Média de oito vistas</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>Um pouco melhor, e oito vezes o tempo</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>Abre o diálogo da caixa de ferramentas com o que foi escolhido aqui</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>Pesos publicados...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>Obter os pesos que os autores das redes publicaram</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>Valor nodata</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Escolher um arquivo</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>Um modelo da lista ou o caminho de um arquivo .safetensors</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>Modelos (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>o melhor para o raster</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>Como a cena foi tomada, para um modelo a que se pode dizer: um sensor ou seu arquivo</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>Sensores (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>Conforme os metadados, senão como medido nesta cena</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>medido nesta cena</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>desconhecido: prudente</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Registro</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>Copiar para uma pergunta</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>Copia versões, caminhos e o fim do registro, sem senhas</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>Motor</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>O rs-sr trabalha em um Python próprio, separado do QGIS. Escolha um que tenha o rs-sr ou crie um abaixo.</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>O Python que tem o rs-sr</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>Por exemplo .venv/bin/python de um clone do rs-sr</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>o ambiente criado abaixo</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>&amp;Python com rs-sr</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Testar</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>Inicia-o e mostra o que ele pode fazer</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>Criar um ambiente e instalar o rs-sr nele</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>Um Python desta máquina, 3.11 ou mais novo, que possa criar ambientes</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>Python &amp;base</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>Instalar &amp;de</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>por exemplo --index-url ENDEREÇO ou --cert ARQUIVO</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>Passados ao pip como estão</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>&amp;Mais argumentos do pip</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>&amp;Instalar...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>Cria um ambiente novo; o que funciona fica até que o novo funcione</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Cancelar</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>O QGIS está em um Flatpak e não pode fazer isso. Em um terminal: {}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>uma pasta de wheels, um wheel ou um clone</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>De onde o rs-sr é instalado</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>Escolher uma pasta ou um wheel</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>Pasta de wheels ou clone...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>Wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>Pasta de wheels ou clone do rs-sr</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>Wheel do rs-sr</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>Instalando ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>Escolhido: {}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>Ainda não instalado.</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>ainda não há motor. Escolha um Python que tenha o rs-sr ou instale um abaixo.</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} não existe. Escolha outro.</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>Testando {} ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>Um ambiente é criado em {} e o rs-sr instalado a partir de {}. Ocupa cerca de {}; {} estão livres.</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>seu índice</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>O que ele precisa é baixado: várias centenas de MB, com CUDA alguns GB.</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>Instalar o motor rs-sr</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>problema: {}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} funciona, {} modelos, calcula em {}.</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>Bom:</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>Problema:</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>um nome ou um arquivo, como texto</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Pronto</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Nota</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>Não pode executar</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Ainda não</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}, fator {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{}: {} x {} pixels, até {}, cerca de {}.</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>Restam apenas {} no disco.</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} já existe: ao executar, pergunta-se se deve ser substituído.</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Ruim</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>Duvidoso</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Desconhecido</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Bom</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Cena</translation>
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
            <translation>O mapa não mostra nada da camada: mova o mapa.</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>Prévia ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>Prévia de {}</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>Prévia em {:.1f} s.</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Prévia</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>Experimenta o modelo no meio do mapa, 256 x 256 pixels de entrada</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Contínua</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>Faz uma nova prévia quando o mapa ou uma escolha muda</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>Mostra a prévia sobre o mapa, ou a esconde</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>Arrastar um divisor entre a entrada e a prévia</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>Tira a prévia do mapa</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>Pesos publicados</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>Pesos que os autores das redes publicaram. São obtidos no endereço dos autores, verificados e ficam na lista de modelos.</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>Obter</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>Obtê-los no endereço dos autores</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>De um arquivo...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>Usar o arquivo dos autores, obtido por outros meios</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{} (já está aí)</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>Licença: {}. Treinado com {}. De {}.</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>Obtendo {} ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>Baixe {} com um navegador e abra-o aqui.</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>o arquivo</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} está na lista de modelos.</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>Nenhuma camada foi escolhida.</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>Não há camada raster no projeto.</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>O backend está sendo configurado; aguarde um minuto.</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} já existe.</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>Se for substituído, sua camada também: {}.</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>Manter os dois ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Substituir</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>Exporte primeiro a parte necessária para um GeoTIFF: Camada &gt; Salvar como.</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>A camada {} não é válida</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} é uma imagem de um servidor, não dados</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} não é um arquivo raster</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} é aberto com {}, que só o QGIS conhece</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} é um arquivo na memória do QGIS, que nenhum outro programa vê</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} tem vários valores nodata ({}), um resultado tem um</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>Informe o que vale em “Valor nodata”.</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>Iniciando o motor</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>Abrindo o raster</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>Olhando o raster</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>Aumentando a resolução</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>Terminando o arquivo</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>Instale-o em Configurações &gt; Opções &gt; Super-resolução.</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>Os detalhes estão no painel de mensagens, aba Super-resolution.</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>O motor rs-sr ainda não está instalado</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>{} não pode ser iniciado</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>O rs-sr não está instalado no Python escolhido para ele</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>O motor rs-sr (versão {}) é antigo demais para este complemento</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>O motor rs-sr (versão {}) é mais novo que este complemento</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Atualize o complemento.</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>O motor rs-sr não pode ler polígonos: geopandas não está no seu Python</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>Instale-o de novo a partir de wheels reunidos onde rs-sr[aoi] está instalado.</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>O motor rs-sr não responde</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>O motor rs-sr não disse nada por dois minutos e foi encerrado</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>O motor rs-sr terminou no meio do trabalho ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>Talvez tenha faltado memória, ou um antivírus o parou.</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>O motor rs-sr falhou: {}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>Use a camada inteira.</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>De novo, com os certificados em que o QGIS confia</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>Um arquivo raster. Uma imagem de um servidor é exportada primeiro.</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>Um modelo da lista ou o caminho de um arquivo de modelo; vazio para o melhor.</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>Como a cena foi tomada, para um modelo a que se pode dizer: um da lista ou o caminho de um arquivo de sensor; vazio para o que dizem os metadados, senão o que a cena mostra.</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>Quantas vezes mais fino; auto usa o fator do modelo, senão 2.</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>As que são usadas, na sua ordem; todas se nenhuma for dada.</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>Uma parte a calcular, igual a essa parte do todo.</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>Fora destes polígonos o resultado não tem dados.</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>O que o modelo vê como 0 e 1; achado no raster se vazio.</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>O valor dos pixels sem dados; senão o da camada.</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>No lugar de um sensor: o que resta das listras mais finas, de 0 a 1; um número, ou dois ao longo de y e x.</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>Seu desvio padrão; senão o do sensor, senão o que a cena mostra.</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>Voltado ao tamanho original, o resultado difere menos da entrada.</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>Espelhada e girada: um pouco melhor, oito vezes o tempo.</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>Para imagens de 256 cores; não para mapas de classes.</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>O lado dos quadrados processados; menor ocupa menos memória.</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>Pixels lidos em volta de um bloco para que não se vejam emendas. Deixe assim.</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>O que a execução não ultrapassa; senão um quarto da máquina, até 4 GB.</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>Em que o modelo roda; auto usa uma placa gráfica se houver uma que possa.</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>Em quantos calcular; senão em todos.</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>O que executa o modelo; auto usa torch, para modelos ONNX onnxruntime.</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>Dos números do modelo; auto mantém os valores.</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>Do resultado. jpeg e webp alteram valores, as outras não.</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>Para o driver GeoTIFF do GDAL.</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>Ordenado para leitura pela rede.</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>Onde o resultado é carregado no projeto.</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>Um GeoTIFF: o mesmo lugar, tipo, bandas e metadados, só mais fino.</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>Quanto se espera que cada pixel erre; usa a média de oito vistas.</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Extensão</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>Polígonos de máscara</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>Intervalo de valores</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>Desfoque (o que resta em Nyquist: y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>Ruído (nas unidades do raster)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>Média de oito vistas (oito vezes o tempo)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>Bloco (pixels de entrada)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>Margem (auto, exact ou pixels)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>Limite de memória (como 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>Dispositivo (auto, cpu, cuda, cuda:1, mps ou xpu)</translation>
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
            <translation>Compressão</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>Opções de criação (CHAVE=VALOR|CHAVE=VALOR)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>Dar ao resultado o estilo da entrada</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>Super-resolvido</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>Erro esperado</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>Não há camada raster</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>Escolha uma.</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>A parte escolhida não contém pixels do raster</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>Mova o mapa ou use a camada inteira.</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>O QGIS posiciona esta camada pelos números de pixel, seus resultados por pontos de controle ou RPCs</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>Remova a transformação do arquivo (gdal_edit.py -unsetgt FILE) e carregue-o novamente.</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>Falta um passo: instalar o motor que faz o trabalho.</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>Instalar...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>O motor está instalado.</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>Abrir o painel</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr: super-resolução de rasters</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>Não há polígonos</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>Desenhe alguns ou escolha outra camada.</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>A camada de polígonos sumiu</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>este raster tem ruído de cerca de {} do intervalo de valores: pode ser tomado por textura</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>este raster tem ruído de cerca de {} do intervalo de valores</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>não se pode saber a nitidez deste raster: há poucas bordas claras</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>este raster é pequeno, uniforme ou cheio de lacunas demais para julgar sua nitidez</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>este raster está desfocado em cerca de {} pixels: x{} ampliará sobretudo o desfoque</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>este raster não mostra blocos de JPEG</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>este raster foi comprimido com JPEG de qualidade {}: o que se perdeu não volta</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>este raster foi comprimido com JPEG de qualidade {}</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>este raster mostra os blocos de 8 pixels da compressão JPEG: eles também serão realçados</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>o resultado tem pixels de {} m, {} foi treinado para {} a {} m: espere menos nitidez</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>o resultado tem pixels de {} m, {} foi treinado para {} a {} m</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>{} deste raster não tem dados</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>{} da banda {} não tem dados</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>{} das bandas {} não tem dados</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} bandas, um modelo de uma banda: banda por banda</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 banda, um modelo de 3 bandas: banda por banda, cada uma vista 3 vezes e com média</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} bandas, um modelo de 3 bandas: banda por banda, cada uma vista 3 vezes e com média</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>o vermelho, o verde e o azul passam juntos por {}, a banda {} uma por uma</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>a banda {} tem apenas {} valores diferentes: se forem classes ou indicadores, a super-resolução inventa outros entre eles; use {}</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>nenhum valor nodata está definido, mas as bordas da banda {} são {}: se isso significa sem dados, indique {}</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} tem uma paleta: seus números são classes, não brilho</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>use {} se for uma imagem, ou {} se for um mapa</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} não está georreferenciado</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>calcula na CPU</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>o modelo {} é desconhecido</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>um bloco de {} pixels precisa de {}, o limite é {}</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>o disco de {} está cheio</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>libere espaço ou escolha outra pasta</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>não é possível gravar na pasta {}</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>escolha outra pasta ou altere suas permissões</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>Cancelado; o que havia antes continua igual.</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>Instalando o motor rs-sr</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>Outro QGIS está instalando o motor</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Espere até que termine.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>{} não pode ser gravado: {}.</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>Escolha outro interpretador ou instale o que falta a ele (apt: python3-venv).</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>{} não pode ser usado: {}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>Testando</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>polígonos precisam de geopandas, que não está lá</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>Testando o motor rs-sr</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>Gravando um relatório</translation>
        </message>
    </context>
</TS>
