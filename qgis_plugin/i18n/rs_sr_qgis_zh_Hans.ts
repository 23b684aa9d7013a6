<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>提高栅格分辨率</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>用训练好的模型把栅格变细 2、3 或 4 倍。</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;把栅格变细 2、3 或 4 倍：位置、数据类型、波段、无数据值和元数据不变。&lt;/p&gt;&lt;p&gt;&lt;b&gt;模型&lt;/b&gt;：列表中的一个，或 .safetensors 文件的路径。留空则用最适合该栅格的。&lt;/p&gt;&lt;p&gt;&lt;b&gt;传感器&lt;/b&gt;：影像的获取方式，用于可接受此信息的模型，它会去除实际存在的模糊。留空则按元数据，否则按影像本身。&lt;/p&gt;&lt;p&gt;&lt;b&gt;倍数&lt;/b&gt;：“auto”用模型的倍数，否则为 2。&lt;/p&gt;&lt;p&gt;&lt;b&gt;波段&lt;/b&gt;：要使用的波段，按顺序；不选则为全部。三波段模型把红、绿、蓝一起处理，其他波段逐个处理。&lt;/p&gt;&lt;p&gt;&lt;b&gt;范围&lt;/b&gt;和&lt;b&gt;掩膜&lt;/b&gt;只计算一部分，与整体中的这一部分逐位相同。&lt;/p&gt;&lt;p&gt;&lt;b&gt;值范围&lt;/b&gt;：模型视为 0 和 1 的值，留空则从栅格得出。结果始终保持栅格自身的单位。&lt;/p&gt;&lt;p&gt;&lt;b&gt;瓦片&lt;/b&gt;和&lt;b&gt;边缘&lt;/b&gt;：栅格按方块处理，每块连同周围像素一起读取，使接缝不可见。除非内存不足 (用更小的瓦片)，请保持不变。&lt;/p&gt;&lt;p&gt;&lt;b&gt;更接近输入&lt;/b&gt;：还原到输入的像素后，相差更小。影像对模型来说过于清晰时会省略，并给出警告。&lt;/p&gt;&lt;p&gt;&lt;b&gt;八个方向的平均&lt;/b&gt;把影像翻转和旋转后计算：略好，时间为八倍。&lt;b&gt;预期误差&lt;/b&gt;按八个结果的差异写出每个像素预计的误差，使用栅格的单位。&lt;/p&gt;&lt;p&gt;计算由 rs-sr 在自己的 Python 中进行：设置 &gt; 选项 &gt; 超分辨率。&lt;/p&gt;&lt;p&gt;小于输入像素的细节由训练影像推断而来，并非测量所得。&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>细化倍数</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>所用模型</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>取消之前已经完成：{} 已生成。</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} 像素，模型 {}，用时 {:.1f} 秒</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} 预期误差</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>它不能创建环境 (需要 venv 和 ensurepip)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>它是 Python {}，需要 {} 或更新</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>它是 32 位 Python，需要 64 位</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>rs-sr 不在任何公共软件包索引中</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>请选择 wheel 文件夹、wheel 或克隆</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} 不存在</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>请选择其他的</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>正在创建环境</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>正在安装 rs-sr</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>缺少 venv</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>在 Debian 和 Ubuntu 上：apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>请腾出空间后重试</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>代理拒绝了请求</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>请检查 设置 &gt; 选项 &gt; 网络，或从 wheel 文件夹安装</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>索引的证书不受信任</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>请把其证书颁发机构添加到 QGIS (设置 &gt; 选项 &gt; 认证 &gt; 管理证书)，或给出 --cert 文件</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>找不到适用于此 Python 和系统的 {}</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>请检查 rs-sr 的安装来源：`rs-sr bundle` 可在同类机器上制作 wheel 文件夹</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>wheel 已损坏，或适用于其他 Python 或系统</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>请重新复制 wheel，或选择其他 Python</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>无法写入某个文件</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>可能是杀毒软件或文件夹权限的原因</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>无法连接索引</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>请检查网络，或从 wheel 文件夹安装</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>此 Python 太旧或太新</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>请选择其他解释器</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>没有任何输出</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>下面的日志有更多信息</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>“{}”：文件 {} 不存在</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>请选择其他的，或列表中的名称。</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>“{}”的值 {} 不在可选项中</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>请照此写法给出 {} 之一。</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} 不是创建选项</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>请写成 KEY=VALUE。</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>请选择其他配置，或 COMPRESS={}。</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} 会改变数值</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} 可能改变数值、波段或位置</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>请去掉它。</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>结果是 GeoTIFF</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>名称须以 .tif 结尾。</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>文件夹 {} 不存在</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>请选择其他文件夹，或先创建它。</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>无法写入 {}</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>请选择其他文件夹。</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} 是输入，结果不会替换它</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>请选择其他名称。</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>要求波段 {}，{} 共有 {} 个</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>请选择已有的波段。</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>范围和掩膜多边形都用来选择一部分</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>请只给出其中一个。</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>值范围 {:g} 到 {:g} 为空</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>请先给出较小的数。</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>“{}”的值 {} 不是数</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>请给出一个数，或留空。</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>地图没有显示 {}</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>地图显示的 {} 范围太大</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>请放大地图。</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>无法写入 {}</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>获取已发布的权重</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>超分辨率</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>正在取消 ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%，剩余 {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>已取消；没有留下任何文件。</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>显示日志</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>全部选项...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>用时 {} 完成：{}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>已完成，用时 {}，但输入图层已不在项目中。</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>拖动分隔线；空格键转向，Esc 键结束。</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>正在写报告 ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>再次打开</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>报告已在浏览器中打开：{}。</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} 已导出</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>无法写入 {}。</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>本机没有程序能打开 {}。</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>要变细的栅格；跟随活动图层</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>每边像素增加的倍数；自动：按模型，否则为 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>细 {} 倍</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>要使用的波段，按顺序；都不勾选则为全部</translation>
        </message>
        <message>
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>要计算的图层部分</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>整个图层</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>地图显示的部分</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>多边形内部</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>多边形；其外部在结果中没有数据</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>结果的去处：一个 GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>临时文件</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>导出可见部分...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>把地图显示的图层部分写入 GeoTIFF</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>设置后端...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>打开设置后端的选项页</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>在后台生成结果，并添加到工程</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>停止运行和预览；不留下任何文件</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>在浏览器中打开指南</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>传感器</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>倍数</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>波段</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>地图没有显示 {} 的任何部分</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>请移动地图，或选择其他区域。</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>没有选择多边形</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>请选择图层。</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{} 倍，由模型决定</translation>
        </message>
        <message>
            <source>Looking at {} ...</source>
            <translation>正在查看 {} ...</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>收起</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>最新的在前；选择两个可互相比较</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>在输入和结果之间，或两个结果之间拖动分隔线</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>在浏览器中显示结果可信到什么程度</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>生成结果的设置，用于重新生成</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>重复...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>复制为命令</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>复制为 Python</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>从列表中移除</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (已被替换)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>双三次：平滑，不增加细节</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos：稍清晰，不增加细节</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>最近邻：保持原值，用于类别</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>质量第 {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>质量最佳</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>任意影像</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>航空和无人机</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>卫星</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}，模糊或有噪声</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}，单波段</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>按图层的设置</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>没有数据的像素的值</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>调色板转为颜色</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>用于 256 色图片；不用于类别图</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>更接近输入</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>还原到原来的粗细后，结果与输入相差更小</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>八个方向的平均</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>略好，但时间为八倍</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>用这里的选择打开工具箱的对话框</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>已发布的权重...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>获取网络作者发布的权重</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>无数据值</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>选择文件</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>列表中的模型，或 .safetensors 文件的路径</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>模型 (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>最适合该栅格的</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>影像的获取方式，用于可接受此信息的模型：传感器或其文件</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>传感器 (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>按元数据，否则按本场景的测量</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>在本影像中测量</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>未知：谨慎</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>复制以便提问</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>复制版本、路径和日志结尾，不含密码</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>后端</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>rs-sr 在自己的 Python 中工作，与 QGIS 分开。请选择已有 rs-sr 的 Python，或在下面创建一个。</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>装有 rs-sr 的 Python</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>例如 rs-sr 克隆中的 .venv/bin/python</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>在下面创建的环境</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>装有 rs-sr 的 Python(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>测试(&amp;T)</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>启动它，并查看它能做什么</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>创建环境并安装 rs-sr</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>本机的 Python，3.11 或更新，能创建环境</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>基础 Python(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>安装来源(&amp;I)</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>例如 --index-url 地址 或 --cert 文件</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>原样传给 pip</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>其他 pip 参数(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>设置(&amp;S)...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>创建新环境；可用的环境会保留到新的可用为止</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>QGIS 运行在 Flatpak 中，无法执行。请在终端中运行：{}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>wheel 文件夹、wheel 或克隆</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>rs-sr 的安装来源</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>选择文件夹或 wheel</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>wheel 文件夹或克隆...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>wheel 文件夹，或 rs-sr 的克隆</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>rs-sr 的 wheel</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>正在设置 ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>已设置：{}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>尚未设置。</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>还没有后端。请选择装有 rs-sr 的 Python，或在下面设置一个。</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} 不存在。请选择其他的。</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>正在测试 {} ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>将在 {} 中创建环境，并从 {} 安装 rs-sr。大约需要 {}；可用空间 {}。</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>您的索引</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>所需内容将被下载：数百 MB，使用 CUDA 时数 GB。</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>设置 rs-sr 后端</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>问题：{}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} 可用，{} 个模型，运行于 {}。</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>正常：</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>问题：</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>名称或文件，文本形式</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>注意</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>无法运行</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>尚未就绪</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}，倍数 {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{}：{} x {} 像素，最多 {}，约 {}。</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>磁盘只剩 {}。</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} 已存在：运行时会询问是否替换。</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>差</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>可疑</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>好</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>影像</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} 秒</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} 分钟</translation>
        </message>
        <message>
            <source>{:.1f} h</source>
            <translation>{:.1f} 小时</translation>
        </message>
        <message>
            <source>The map shows nothing of the layer: move the map.</source>
            <translation>地图上看不到该图层：请移动地图。</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>预览 ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>{} 的预览</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>预览用时 {:.1f} 秒。</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>在地图中心的 256 x 256 个输入像素上试用模型</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>地图或选择改变时生成新的预览</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>在地图上显示或隐藏预览</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>在输入和预览之间拖动分隔线</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>从地图上移除预览</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>已发布的权重</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>网络作者发布的权重。从作者的地址获取，经检查后列入模型列表。</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>获取</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>从作者的地址获取</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>从文件...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>使用以其他方式获取的作者文件</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{}（已有）</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>许可：{}。训练数据：{}。来源：{}。</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>正在获取 {} ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>请在浏览器中下载{}，然后从文件导入。</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>该文件</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} 已在模型列表中。</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>没有选择图层。</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>工程中没有栅格图层。</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>正在设置后端，请稍候。</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} 已存在。</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>如果替换，其图层也会被替换：{}。</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>两个都保留 ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>请先把需要的部分导出为 GeoTIFF：图层 &gt; 另存为。</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>图层 {} 无效</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} 是服务器的图片，不是数据</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} 不是栅格文件</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} 用 {} 打开，只有 QGIS 知道</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} 是 QGIS 内存中的文件，其他程序看不到</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} 有多个无数据值 ({})，结果只能有一个</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>请在“无数据值”中给出要用的值。</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>正在启动后端</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>正在打开栅格</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>正在查看栅格</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>正在提高分辨率</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>正在完成文件</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>请在 设置 &gt; 选项 &gt; 超分辨率 中设置。</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>详情见日志面板的 Super-resolution 标签页。</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>rs-sr 后端尚未设置</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>无法启动 {}</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>所设置的 Python 中没有安装 rs-sr</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>rs-sr 后端 (版本 {}) 对本插件来说太旧</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>rs-sr 后端 (版本 {}) 比本插件新</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>请更新插件。</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>rs-sr 后端无法读取多边形：其 Python 中没有 geopandas</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>请用在装有 rs-sr[aoi] 的环境中打包的 wheel 重新设置。</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>rs-sr 后端没有响应</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>rs-sr 后端两分钟没有响应，已被结束</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>rs-sr 后端在工作中途结束 ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>可能内存不足，或被杀毒软件终止。</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>rs-sr 后端失败：{}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>请使用整个图层。</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>用 QGIS 信任的证书再试一次</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>栅格文件。服务器的图片须先导出。</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>列表中的模型，或模型文件的路径；留空则用最适合的。</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>影像的获取方式，用于可接受此信息的模型：列表中的一个，或传感器文件的路径；留空则按元数据，否则按影像本身。</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>细多少倍；auto 用模型的倍数，否则为 2。</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>要使用的波段，按顺序；不给出则为全部。</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>要计算的部分，与整体中的这一部分相同。</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>这些多边形以外，结果没有数据。</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>模型视为 0 和 1 的值；留空则从栅格得出。</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>没有数据的像素的值；否则按图层的设置。</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>代替传感器：最细的条纹还剩多少，从 0 到 1；一个数，或沿 y 和 x 两个数。</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>其标准差；否则用传感器的，否则按影像本身。</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>还原到原来的粗细后，结果与输入相差更小。</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>翻转和旋转：略好，时间为八倍。</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>用于 256 色图片；不用于类别图。</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>处理所用方块的边长；越小越省内存。</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>在瓦片周围读取的像素，使接缝不可见。保持不变即可。</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>运行的上限；否则为本机的四分之一，最多 4 GB。</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>模型运行的设备；auto 在有合适显卡时使用显卡。</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>用多少个计算；否则全部。</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>运行模型的程序；auto 用 torch，ONNX 模型用 onnxruntime。</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>模型的数值；auto 保持数值不变。</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>结果的压缩。jpeg 和 webp 会改变数值，其他不会。</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>用于 GDAL 的 GeoTIFF 驱动。</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>便于通过网络读取的排列。</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>当结果被加载到工程时。</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>GeoTIFF：位置、类型、波段和元数据相同，只是更细。</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>每个像素预计的误差；使用八个方向的平均。</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>栅格</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>范围</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>掩膜多边形</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>值范围</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>模糊 (奈奎斯特处的剩余: y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>噪声 (栅格的单位)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>八个方向的平均 (八倍时间)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>瓦片 (输入像素)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>边缘 (auto、exact 或像素数)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>内存上限 (如 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>设备 (auto、cpu、cuda、cuda:1、mps 或 xpu)</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>核心数</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>计算引擎</translation>
        </message>
        <message>
            <source>Number format</source>
            <translation>数值格式</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>压缩</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>创建选项 (KEY=VALUE|KEY=VALUE)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>结果使用输入的样式</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>超分辨率结果</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>预期误差</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>没有栅格图层</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>请选择一个。</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>所选部分不包含栅格的像素</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>请移动地图，或使用整个图层。</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>QGIS 按像素编号放置此图层，按控制点或 RPC 放置其结果</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>请移除文件的变换 (gdal_edit.py -unsetgt FILE) 并重新加载。</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>还差一步：设置进行计算的后端。</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>设置...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>后端已设置好。</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>打开面板</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr：栅格超分辨率</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>没有多边形</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>请绘制多边形，或选择其他图层。</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>多边形图层已不存在</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>此栅格的噪声约为值范围的 {}：可能被当作纹理</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>此栅格的噪声约为值范围的 {}</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>无法判断此栅格的清晰度：清晰的边缘太少</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>此栅格太小、太平坦或空缺太多，无法判断其清晰度</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>此栅格模糊约 {} 个像素：x{} 主要会放大模糊</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>此栅格没有 JPEG 块效应</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>此栅格经过质量为 {} 的 JPEG 压缩：由此丢失的内容无法恢复</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>此栅格经过质量为 {} 的 JPEG 压缩</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>此栅格有 JPEG 压缩的 8 像素块：它们也会被锐化</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>结果的像素为 {} 米，{} 是为 {} 至 {} 米训练的：锐化效果会较弱</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>结果的像素为 {} 米，{} 是为 {} 至 {} 米训练的</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>此栅格的 {} 没有数据</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>有 {} 没有数据（波段 {}）</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>有 {} 没有数据（波段 {} 合计）</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} 个波段，单波段模型：逐波段处理</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 个波段，三波段模型：逐波段处理，每个波段处理 3 次并取平均</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} 个波段，三波段模型：逐波段处理，每个波段处理 3 次并取平均</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>红、绿、蓝一起通过 {}，波段 {} 逐个处理</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>波段 {} 只有 {} 个不同的值：如果是类别或标志，超分辨率会在其间编造值；请使用 {}</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>未设置 nodata 值，但波段 {} 的边缘为 {}：如果表示无数据，请指定 {}</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} 有调色板：其数值是类别而不是亮度</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>如果是图像请使用 {}，如果是地图请使用 {}</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} 没有地理参考</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>在 CPU 上运行</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>模型 {} 未知</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>一个 {} 像素的分块需要 {}，上限为 {}</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>{} 所在的磁盘已满</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>请腾出空间或选择其他文件夹</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>无法写入文件夹 {}</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>请选择其他文件夹或更改其权限</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>已取消；原有内容保持不变。</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>正在设置 rs-sr 后端</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>另一个 QGIS 正在设置后端</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>请等它完成。</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>无法写入 {}：{}。</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>请选择其他解释器，或安装它缺少的内容 (apt: python3-venv)。</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>无法使用 {}：{}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>正在测试</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>多边形需要 geopandas，但没有安装</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>正在测试 rs-sr 后端</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>正在写报告</translation>
        </message>
    </context>
</TS>
