<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
    <context>
        <name>RsSr</name>
        <message>
            <source>Super-resolve raster</source>
            <translation>ラスタの解像度を上げる</translation>
        </message>
        <message>
            <source>Makes a raster 2, 3 or 4 times finer with a trained model.</source>
            <translation>学習済みモデルでラスタを2倍、3倍、4倍に細かくします。</translation>
        </message>
        <message>
            <source>&lt;p&gt;Makes a raster 2, 3 or 4 times finer: the same place, data type, bands, nodata and metadata.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model&lt;/b&gt;: one of the list, or the path of a .safetensors file. Empty takes the best for the raster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Sensor&lt;/b&gt;: how the scene was taken, for a model that can be told, which then undoes as much of its blur as there is. Empty takes what the metadata say, else what the scene shows.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Scale&lt;/b&gt;: 'auto' takes the model's, else 2.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bands&lt;/b&gt;: those to take, in their order; all if none is chosen. A model for three bands takes red, green and blue together and other bands one by one.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt; and &lt;b&gt;mask&lt;/b&gt; compute a part; it equals that part of the whole to the bit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Value range&lt;/b&gt;: the values that the model sees as 0 and 1, found from the raster if left empty. The result keeps the raster's own units either way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tile&lt;/b&gt; and &lt;b&gt;halo&lt;/b&gt;: the raster is worked through in squares, each read with pixels around it, so that no seams show. Leave both as they are, unless memory is short (a smaller tile).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nearer to the input&lt;/b&gt;: degraded to the input's pixels again, it differs less. Left out, with a warning, where the scene is too sharp for the model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mean of eight looks&lt;/b&gt; runs the scene flipped and turned: a little better, eight times the time. &lt;b&gt;Expected error&lt;/b&gt; writes how far each pixel is expected to be off, by how much the eight differ, in the raster's units.&lt;/p&gt;&lt;p&gt;The work is done by rs-sr in a Python of its own: Settings &gt; Options &gt; Super-resolution.&lt;/p&gt;&lt;p&gt;Detail below the input's pixel is inferred from training images, not measured.&lt;/p&gt;</source>
            <translation>&lt;p&gt;ラスタを2倍、3倍、4倍に細かくします。場所、データ型、バンド、Nodata、メタデータは変わりません。&lt;/p&gt;&lt;p&gt;&lt;b&gt;モデル&lt;/b&gt;: リストの1つ、または .safetensors ファイルのパス。空ならラスタに最適なもの。&lt;/p&gt;&lt;p&gt;&lt;b&gt;センサ&lt;/b&gt;: 撮影のしかた。それを受け取れるモデルは、あるだけのぼけを取り除きます。空ならメタデータ、なければ画像から求めます。&lt;/p&gt;&lt;p&gt;&lt;b&gt;倍率&lt;/b&gt;: 「auto」はモデルの倍率、なければ2。&lt;/p&gt;&lt;p&gt;&lt;b&gt;バンド&lt;/b&gt;: 使うものを順番どおりに。選ばなければすべて。3バンドのモデルは赤、緑、青を一緒に、他のバンドは1つずつ使います。&lt;/p&gt;&lt;p&gt;&lt;b&gt;範囲&lt;/b&gt;と&lt;b&gt;マスク&lt;/b&gt;は一部を計算します。全体の同じ部分とビット単位で等しくなります。&lt;/p&gt;&lt;p&gt;&lt;b&gt;値の範囲&lt;/b&gt;: モデルが0と1とみなす値。空ならラスタから求めます。結果はどちらでもラスタの単位のままです。&lt;/p&gt;&lt;p&gt;&lt;b&gt;タイル&lt;/b&gt;と&lt;b&gt;余白&lt;/b&gt;: ラスタを正方形ごとに処理し、継ぎ目が見えないように周りのピクセルも読みます。メモリが足りないとき (小さいタイル) 以外は、そのままにしてください。&lt;/p&gt;&lt;p&gt;&lt;b&gt;入力により近く&lt;/b&gt;: 入力のピクセルに戻すと、差が小さくなります。画像がモデルには鮮明すぎる場合は、警告を出して省きます。&lt;/p&gt;&lt;p&gt;&lt;b&gt;8方向の平均&lt;/b&gt;は画像を反転、回転して計算します。少し良くなりますが、時間は8倍です。&lt;b&gt;予想誤差&lt;/b&gt;は、8つの違いから各ピクセルの予想される誤差をラスタの単位で書き出します。&lt;/p&gt;&lt;p&gt;計算はrs-srが自身のPythonで行います: 設定 &gt; オプション &gt; 超解像。&lt;/p&gt;&lt;p&gt;入力ピクセルより細かい細部は学習画像から推定したもので、測定したものではありません。&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Times finer</source>
            <translation>細かさの倍率</translation>
        </message>
        <message>
            <source>Model that made it</source>
            <translation>使用したモデル</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>キャンセルしました</translation>
        </message>
        <message>
            <source>It was done before the cancel arrived: {} is there.</source>
            <translation>キャンセルが届く前に完了しました: {} があります。</translation>
        </message>
        <message>
            <source>{} x {} pixels by {} in {:.1f} s</source>
            <translation>{} x {} ピクセル、{}、{:.1f} 秒</translation>
        </message>
        <message>
            <source>{} expected error</source>
            <translation>{} の予想誤差</translation>
        </message>
        <message>
            <source>it cannot make environments (venv and ensurepip are needed)</source>
            <translation>環境を作成できません (venvとensurepipが必要)</translation>
        </message>
        <message>
            <source>it is Python {}, {} or newer is needed</source>
            <translation>Python {} です。{} 以降が必要です</translation>
        </message>
        <message>
            <source>it is a 32-bit Python, 64 bit are needed</source>
            <translation>32ビットのPythonです。64ビットが必要です</translation>
        </message>
        <message>
            <source>rs-sr is in no public package index</source>
            <translation>rs-srは公開パッケージインデックスにありません</translation>
        </message>
        <message>
            <source>Choose a folder of wheels, a wheel or a clone</source>
            <translation>wheelのフォルダ、wheel、またはクローンを選んでください</translation>
        </message>
        <message>
            <source>{} does not exist</source>
            <translation>{} がありません</translation>
        </message>
        <message>
            <source>Choose another</source>
            <translation>別のものを選んでください</translation>
        </message>
        <message>
            <source>Making the environment</source>
            <translation>環境を作成中</translation>
        </message>
        <message>
            <source>Installing rs-sr</source>
            <translation>rs-srをインストール中</translation>
        </message>
        <message>
            <source>venv is missing</source>
            <translation>venvがありません</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: apt install python3-venv</source>
            <translation>DebianとUbuntu: apt install python3-venv</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>ディスクがいっぱいです</translation>
        </message>
        <message>
            <source>Make room and try again</source>
            <translation>空きを作ってもう一度試してください</translation>
        </message>
        <message>
            <source>the proxy refused</source>
            <translation>プロキシに拒否されました</translation>
        </message>
        <message>
            <source>Check Settings &gt; Options &gt; Network, or install from a folder of wheels</source>
            <translation>設定 &gt; オプション &gt; ネットワーク を確認するか、wheelのフォルダからインストールしてください</translation>
        </message>
        <message>
            <source>the index's certificate is not trusted</source>
            <translation>インデックスの証明書が信頼されていません</translation>
        </message>
        <message>
            <source>Add its authority to QGIS's (Settings &gt; Options &gt; Authentication &gt; Manage Certificates), or give --cert FILE</source>
            <translation>認証局をQGISに追加するか (設定 &gt; オプション &gt; 認証 &gt; 証明書の管理)、--cert ファイル を指定してください</translation>
        </message>
        <message>
            <source>{} was not found for this Python and system</source>
            <translation>{} はこのPythonとシステム用に見つかりません</translation>
        </message>
        <message>
            <source>Check what rs-sr is installed from: `rs-sr bundle` makes a folder of wheels on a machine like this one</source>
            <translation>rs-srのインストール元を確認してください: 同じ種類のマシンで `rs-sr bundle` がwheelのフォルダを作ります</translation>
        </message>
        <message>
            <source>a wheel is damaged, or for another Python or system</source>
            <translation>wheelが壊れているか、別のPythonまたはシステム用です</translation>
        </message>
        <message>
            <source>Copy the wheels again, or choose another Python</source>
            <translation>wheelをコピーし直すか、別のPythonを選んでください</translation>
        </message>
        <message>
            <source>a file could not be written</source>
            <translation>ファイルに書き込めませんでした</translation>
        </message>
        <message>
            <source>A virus scanner or the folder's rights may be in the way</source>
            <translation>ウイルス対策ソフトかフォルダの権限が妨げている可能性があります</translation>
        </message>
        <message>
            <source>the index cannot be reached</source>
            <translation>インデックスに接続できません</translation>
        </message>
        <message>
            <source>Check the network, or install from a folder of wheels</source>
            <translation>ネットワークを確認するか、wheelのフォルダからインストールしてください</translation>
        </message>
        <message>
            <source>this Python is too old or too new for it</source>
            <translation>このPythonは古すぎるか新しすぎます</translation>
        </message>
        <message>
            <source>Choose another interpreter</source>
            <translation>別のインタプリタを選んでください</translation>
        </message>
        <message>
            <source>it said nothing</source>
            <translation>何も出力がありません</translation>
        </message>
        <message>
            <source>The log below tells more</source>
            <translation>詳しくは下のログを見てください</translation>
        </message>
        <message>
            <source>'{}': the file {} does not exist</source>
            <translation>「{}」: ファイル {} がありません</translation>
        </message>
        <message>
            <source>Choose another, or a name of the list.</source>
            <translation>別のものか、リストの名前を選んでください。</translation>
        </message>
        <message>
            <source>'{}' is {}, which is none of its choices</source>
            <translation>「{}」の値 {} は選択肢にありません</translation>
        </message>
        <message>
            <source>Give one of {}, as it is written here.</source>
            <translation>{} のどれかをこのとおりに指定してください。</translation>
        </message>
        <message>
            <source>{} is no creation option</source>
            <translation>{} は作成オプションではありません</translation>
        </message>
        <message>
            <source>Write KEY=VALUE.</source>
            <translation>KEY=VALUE の形で書いてください。</translation>
        </message>
        <message>
            <source>Take another profile, or COMPRESS={}.</source>
            <translation>別のプロファイル、または COMPRESS={} を選んでください。</translation>
        </message>
        <message>
            <source>COMPRESS={} changes values</source>
            <translation>COMPRESS={} は値を変えます</translation>
        </message>
        <message>
            <source>{} may change values, bands or the place</source>
            <translation>{} は値、バンドまたは位置を変えることがあります</translation>
        </message>
        <message>
            <source>Leave it out.</source>
            <translation>省いてください。</translation>
        </message>
        <message>
            <source>The result is a GeoTIFF</source>
            <translation>結果はGeoTIFFです</translation>
        </message>
        <message>
            <source>Name it .tif.</source>
            <translation>名前を .tif で終わらせてください。</translation>
        </message>
        <message>
            <source>The folder {} does not exist</source>
            <translation>フォルダ {} がありません</translation>
        </message>
        <message>
            <source>Choose another, or make it.</source>
            <translation>別のフォルダを選ぶか、作成してください。</translation>
        </message>
        <message>
            <source>Nothing can be written into {}</source>
            <translation>{} に書き込めません</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>別のフォルダを選んでください。</translation>
        </message>
        <message>
            <source>{} is the input, which a result does not replace</source>
            <translation>{} は入力です。結果で置き換えられません</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>別の名前を選んでください。</translation>
        </message>
        <message>
            <source>Band {} asked for, {} has {}</source>
            <translation>バンド {} が指定されましたが、{} のバンド数は {} です</translation>
        </message>
        <message>
            <source>Choose bands that it has.</source>
            <translation>存在するバンドを選んでください。</translation>
        </message>
        <message>
            <source>Extent and mask polygons each choose a part</source>
            <translation>範囲とマスクポリゴンはどちらも一部を選びます</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>どちらか一方を指定してください。</translation>
        </message>
        <message>
            <source>The value range {:g} to {:g} is empty</source>
            <translation>値の範囲 {:g} から {:g} は空です</translation>
        </message>
        <message>
            <source>Give the smaller number first.</source>
            <translation>小さい数を先に指定してください。</translation>
        </message>
        <message>
            <source>'{}' is {}, which is no number</source>
            <translation>「{}」の値 {} は数ではありません</translation>
        </message>
        <message>
            <source>Give a number, or leave it empty.</source>
            <translation>数を指定するか、空にしてください。</translation>
        </message>
        <message>
            <source>The map does not show {}</source>
            <translation>地図に {} が表示されていません</translation>
        </message>
        <message>
            <source>The map shows too much of {}</source>
            <translation>地図に表示されている {} の範囲が広すぎます</translation>
        </message>
        <message>
            <source>Zoom in.</source>
            <translation>拡大してください。</translation>
        </message>
        <message>
            <source>{} cannot be written</source>
            <translation>{} に書き込めません</translation>
        </message>
        <message>
            <source>Getting published weights</source>
            <translation>公開された重みを取得</translation>
        </message>
        <message>
            <source>Super-resolution</source>
            <translation>超解像</translation>
        </message>
        <message>
            <source>Cancelling ...</source>
            <translation>キャンセル中 ...</translation>
        </message>
        <message>
            <source>%p%, {} left</source>
            <translation>%p%、残り {}</translation>
        </message>
        <message>
            <source>Cancelled; nothing was left.</source>
            <translation>キャンセルしました。何も残っていません。</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>ログを表示</translation>
        </message>
        <message>
            <source>All options...</source>
            <translation>すべてのオプション...</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>フォルダを開く</translation>
        </message>
        <message>
            <source>Done in {}: {}</source>
            <translation>{} で完了: {}</translation>
        </message>
        <message>
            <source>Done in {}, but the input has left the project.</source>
            <translation>{} で完了しましたが、入力がプロジェクトにありません。</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>追加</translation>
        </message>
        <message>
            <source>Drag the divider; Space turns it, Escape ends.</source>
            <translation>仕切りをドラッグ、スペースで向きを変更、Escで終了。</translation>
        </message>
        <message>
            <source>Writing a report ...</source>
            <translation>レポートを作成中 ...</translation>
        </message>
        <message>
            <source>open it again</source>
            <translation>もう一度開く</translation>
        </message>
        <message>
            <source>The report was opened in the browser: {}.</source>
            <translation>レポートをブラウザーで開きました: {}。</translation>
        </message>
        <message>
            <source>{} exported</source>
            <translation>{} エクスポート</translation>
        </message>
        <message>
            <source>{} cannot be written.</source>
            <translation>{} に書き込めません。</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>パスをコピー</translation>
        </message>
        <message>
            <source>No program of this computer opened {}.</source>
            <translation>このコンピューターには {} を開けるプログラムがありません。</translation>
        </message>
        <message>
            <source>The raster to make finer; follows the active layer</source>
            <translation>細かくするラスタ。アクティブなレイヤに従います</translation>
        </message>
        <message>
            <source>How many times more pixels along each side; automatic: as the model has it, else 2</source>
            <translation>各辺のピクセル数を何倍にするか。自動: モデルに従い、なければ 2</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>自動</translation>
        </message>
        <message>
            <source>{} times finer</source>
            <translation>{} 倍</translation>
        </message>
        <message>
            <source>Bands to take, in their order; all where none is ticked</source>
            <translation>使うバンドを順番どおりに。何も選ばなければすべて</translation>
        </message>
        <message>
            <source>all</source>
            <translation>すべて</translation>
        </message>
        <message>
            <source>The part of the layer to compute</source>
            <translation>計算するレイヤの部分</translation>
        </message>
        <message>
            <source>the whole layer</source>
            <translation>レイヤ全体</translation>
        </message>
        <message>
            <source>what the map shows</source>
            <translation>地図に表示されている範囲</translation>
        </message>
        <message>
            <source>inside polygons</source>
            <translation>ポリゴンの内側</translation>
        </message>
        <message>
            <source>Polygons; what lies outside them has no data in the result</source>
            <translation>ポリゴン。外側は結果でデータなしになります</translation>
        </message>
        <message>
            <source>Where the result goes: a GeoTIFF</source>
            <translation>結果の保存先: GeoTIFF</translation>
        </message>
        <message>
            <source>a temporary file</source>
            <translation>一時ファイル</translation>
        </message>
        <message>
            <source>Export the visible part...</source>
            <translation>表示部分をエクスポート...</translation>
        </message>
        <message>
            <source>Write what the map shows of the layer into a GeoTIFF</source>
            <translation>地図に表示されているレイヤの部分をGeoTIFFに書き出します</translation>
        </message>
        <message>
            <source>Set up the backend...</source>
            <translation>バックエンドを設定...</translation>
        </message>
        <message>
            <source>Open the page of the options where the backend is set up</source>
            <translation>バックエンドを設定するオプションページを開きます</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>実行</translation>
        </message>
        <message>
            <source>Make the result in the background, and add it to the project</source>
            <translation>背景で結果を作り、プロジェクトに追加します</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Stop the run and the preview; nothing is left of them</source>
            <translation>実行とプレビューを止めます。何も残りません</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>ヘルプ</translation>
        </message>
        <message>
            <source>Open the guide in the browser</source>
            <translation>ブラウザでガイドを開きます</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>レイヤ</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>モデル</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>センサ</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>倍率</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>バンド</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>範囲</translation>
        </message>
        <message>
            <source>File</source>
            <translation>ファイル</translation>
        </message>
        <message>
            <source>The map shows nothing of {}</source>
            <translation>地図に {} がまったく表示されていません</translation>
        </message>
        <message>
            <source>Move the map, or take another area.</source>
            <translation>地図を動かすか、別の範囲を選んでください。</translation>
        </message>
        <message>
            <source>No polygons are chosen</source>
            <translation>ポリゴンが選ばれていません</translation>
        </message>
        <message>
            <source>Choose a layer.</source>
            <translation>レイヤを選んでください。</translation>
        </message>
        <message>
            <source>{} times finer, by the model</source>
            <translation>{} 倍、モデルによる</translation>
        </message>
        <message>
            <source>Looking at {} ...</source>
            <translation>{} を調べています ...</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>閉じる</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>詳細</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>結果</translation>
        </message>
        <message>
            <source>The newest first; choose two to compare them with each other</source>
            <translation>新しい順。2つ選ぶと互いに比較できます</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比較</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the result, or two results</source>
            <translation>入力と結果、または2つの結果の間で仕切りをドラッグします</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>レポート</translation>
        </message>
        <message>
            <source>Show in the browser how far the result can be believed</source>
            <translation>結果をどこまで信じられるかをブラウザで表示します</translation>
        </message>
        <message>
            <source>What made the result, to make it again</source>
            <translation>結果を作った設定。もう一度作れます</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>レシピ</translation>
        </message>
        <message>
            <source>Repeat...</source>
            <translation>繰り返す...</translation>
        </message>
        <message>
            <source>Copy as a command</source>
            <translation>コマンドとしてコピー</translation>
        </message>
        <message>
            <source>Copy as Python</source>
            <translation>Pythonとしてコピー</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>リストから削除</translation>
        </message>
        <message>
            <source>{} (replaced)</source>
            <translation>{} (置き換え済み)</translation>
        </message>
        <message>
            <source>Bicubic: smooth, adds no detail</source>
            <translation>バイキュービック: 滑らか、細部は加えない</translation>
        </message>
        <message>
            <source>Lanczos: a little sharper, adds no detail</source>
            <translation>Lanczos: 少し鮮明、細部は加えない</translation>
        </message>
        <message>
            <source>Nearest: the values as they are, for classes</source>
            <translation>最近傍: 値をそのまま、クラス用</translation>
        </message>
        <message>
            <source>quality {}</source>
            <translation>品質 {}</translation>
        </message>
        <message>
            <source>best quality</source>
            <translation>最高品質</translation>
        </message>
        <message>
            <source>Any scene</source>
            <translation>あらゆる画像</translation>
        </message>
        <message>
            <source>Aerial and drone</source>
            <translation>航空写真とドローン</translation>
        </message>
        <message>
            <source>Satellite</source>
            <translation>衛星</translation>
        </message>
        <message>
            <source>{}, soft or noisy</source>
            <translation>{}、ぼけやノイズあり</translation>
        </message>
        <message>
            <source>{}, one band</source>
            <translation>{}、1バンド</translation>
        </message>
        <message>
            <source>More</source>
            <translation>その他</translation>
        </message>
        <message>
            <source>as the layer says</source>
            <translation>レイヤの設定どおり</translation>
        </message>
        <message>
            <source>The value of pixels without data</source>
            <translation>データのないピクセルの値</translation>
        </message>
        <message>
            <source>Palette to colours</source>
            <translation>パレットを色に変換</translation>
        </message>
        <message>
            <source>For pictures with 256 colours; not for maps of classes</source>
            <translation>256色の画像用。クラス図には使えません</translation>
        </message>
        <message>
            <source>Nearer to the input</source>
            <translation>入力により近く</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input</source>
            <translation>元の粗さに戻すと、入力との差が小さくなります</translation>
        </message>
        <message>
            <source>Mean of eight looks</source>
            <translation>8方向の平均</translation>
        </message>
        <message>
            <source>A little better, and eight times the time</source>
            <translation>少し良くなりますが、時間は8倍です</translation>
        </message>
        <message>
            <source>Open the dialog of the toolbox with what is chosen here</source>
            <translation>ここで選んだ内容でツールボックスのダイアログを開きます</translation>
        </message>
        <message>
            <source>Published weights...</source>
            <translation>公開された重み...</translation>
        </message>
        <message>
            <source>Get the weights that the authors of the networks published</source>
            <translation>ネットワークの作者が公開した重みを取得します</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <translation>Nodata値</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>ファイルを選択</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a .safetensors file</source>
            <translation>リストのモデル、または .safetensors ファイルのパス</translation>
        </message>
        <message>
            <source>Models (*.safetensors)</source>
            <translation>モデル (*.safetensors)</translation>
        </message>
        <message>
            <source>best for the raster</source>
            <translation>ラスタに最適なもの</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: a sensor, or its file</source>
            <translation>撮影のしかた (それを受け取れるモデル用): センサまたはそのファイル</translation>
        </message>
        <message>
            <source>Sensors (*.toml *.json)</source>
            <translation>センサ (*.toml *.json)</translation>
        </message>
        <message>
            <source>As the metadata say, else as measured in this scene</source>
            <translation>メタデータに従い、なければこのシーンの測定値</translation>
        </message>
        <message>
            <source>measured in this scene</source>
            <translation>この画像で測定</translation>
        </message>
        <message>
            <source>unknown: cautious</source>
            <translation>不明: 控えめに</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>ログ</translation>
        </message>
        <message>
            <source>Copy for a question</source>
            <translation>質問用にコピー</translation>
        </message>
        <message>
            <source>Copy versions, paths and the end of the log, without passwords</source>
            <translation>バージョン、パス、ログの末尾をパスワードなしでコピーします</translation>
        </message>
        <message>
            <source>Backend</source>
            <translation>バックエンド</translation>
        </message>
        <message>
            <source>rs-sr does the work in a Python of its own, apart from QGIS. Choose one that has it, or make one below.</source>
            <translation>rs-srはQGISとは別のPythonで動きます。rs-srのあるPythonを選ぶか、下で作成してください。</translation>
        </message>
        <message>
            <source>The Python that has rs-sr</source>
            <translation>rs-srのあるPython</translation>
        </message>
        <message>
            <source>Such as .venv/bin/python of a clone of rs-sr</source>
            <translation>例: rs-srのクローンの .venv/bin/python</translation>
        </message>
        <message>
            <source>the environment made below</source>
            <translation>下で作成した環境</translation>
        </message>
        <message>
            <source>&amp;Python with rs-sr</source>
            <translation>rs-srのあるPython(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>テスト(&amp;T)</translation>
        </message>
        <message>
            <source>Start it, and see what it can do</source>
            <translation>起動して、できることを調べます</translation>
        </message>
        <message>
            <source>Make an environment and install rs-sr into it</source>
            <translation>環境を作成してrs-srをインストール</translation>
        </message>
        <message>
            <source>A Python of this machine, 3.11 or newer, that can make environments</source>
            <translation>このマシンのPython 3.11以降で、環境を作成できるもの</translation>
        </message>
        <message>
            <source>&amp;Base Python</source>
            <translation>ベースの Python(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Install from</source>
            <translation>インストール元(&amp;I)</translation>
        </message>
        <message>
            <source>such as --index-url ADDRESS or --cert FILE</source>
            <translation>例: --index-url アドレス、--cert ファイル</translation>
        </message>
        <message>
            <source>Handed to pip as they are</source>
            <translation>そのままpipに渡します</translation>
        </message>
        <message>
            <source>&amp;Extra pip arguments</source>
            <translation>pipの追加引数(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Set up...</source>
            <translation>設定(&amp;S)...</translation>
        </message>
        <message>
            <source>Make a new environment; one that works stays until the new one does</source>
            <translation>新しい環境を作成します。動いている環境は、新しいものが動くまで残ります</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>キャンセル(&amp;C)</translation>
        </message>
        <message>
            <source>QGIS runs in a Flatpak and cannot do this. In a terminal: {}</source>
            <translation>QGISはFlatpakで動いているため、実行できません。端末で: {}</translation>
        </message>
        <message>
            <source>a folder of wheels, a wheel, or a clone</source>
            <translation>wheelのフォルダ、wheel、またはクローン</translation>
        </message>
        <message>
            <source>Where rs-sr is installed from</source>
            <translation>rs-srのインストール元</translation>
        </message>
        <message>
            <source>Choose a folder or a wheel</source>
            <translation>フォルダかwheelを選択</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone...</source>
            <translation>wheelのフォルダ、またはクローン...</translation>
        </message>
        <message>
            <source>Wheel...</source>
            <translation>wheel...</translation>
        </message>
        <message>
            <source>Folder of wheels, or clone of rs-sr</source>
            <translation>wheelのフォルダ、またはrs-srのクローン</translation>
        </message>
        <message>
            <source>Wheel of rs-sr</source>
            <translation>rs-srのwheel</translation>
        </message>
        <message>
            <source>Setting up ...</source>
            <translation>設定中 ...</translation>
        </message>
        <message>
            <source>Set: {}</source>
            <translation>設定済み: {}</translation>
        </message>
        <message>
            <source>Not set up yet.</source>
            <translation>まだ設定されていません。</translation>
        </message>
        <message>
            <source>there is no backend yet. Choose a Python that has rs-sr, or set one up below.</source>
            <translation>バックエンドがまだありません。rs-srのあるPythonを選ぶか、下で設定してください。</translation>
        </message>
        <message>
            <source>there is no {}. Choose another.</source>
            <translation>{} がありません。別のものを選んでください。</translation>
        </message>
        <message>
            <source>Trying {} ...</source>
            <translation>{} をテスト中 ...</translation>
        </message>
        <message>
            <source>An environment is made in {}, and rs-sr installed from {}. It takes about {}; {} are free.</source>
            <translation>{} に環境を作成し、rs-srを {} からインストールします。約 {} 必要です。空きは {} です。</translation>
        </message>
        <message>
            <source>your index</source>
            <translation>指定のインデックス</translation>
        </message>
        <message>
            <source>What it needs is downloaded: several 100 MB, with CUDA some GB.</source>
            <translation>必要なものをダウンロードします: 数百MB、CUDAでは数GB。</translation>
        </message>
        <message>
            <source>Set up the rs-sr backend</source>
            <translation>rs-srバックエンドの設定</translation>
        </message>
        <message>
            <source>trouble: {}</source>
            <translation>問題: {}</translation>
        </message>
        <message>
            <source>rs-sr {} works, {} models, runs on {}.</source>
            <translation>rs-sr {} は動作します。モデル {} 個、計算は {}。</translation>
        </message>
        <message>
            <source>Good:</source>
            <translation>正常:</translation>
        </message>
        <message>
            <source>Trouble:</source>
            <translation>問題:</translation>
        </message>
        <message>
            <source>a name or a file, as text</source>
            <translation>名前またはファイル、文字列で</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>準備完了</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>注意</translation>
        </message>
        <message>
            <source>Cannot run</source>
            <translation>実行できません</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>未完了</translation>
        </message>
        <message>
            <source>{} by {}</source>
            <translation>{}、倍率 {}</translation>
        </message>
        <message>
            <source>{}: {} x {} pixels, up to {}, about {}.</source>
            <translation>{}: {} x {} ピクセル、最大 {}、約 {}。</translation>
        </message>
        <message>
            <source>Only {} are free on the disk.</source>
            <translation>ディスクの空きは {} しかありません。</translation>
        </message>
        <message>
            <source>{} is there already: a run asks whether to replace it.</source>
            <translation>{} はすでにあります。実行時に置き換えるか尋ねます。</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>不良</translation>
        </message>
        <message>
            <source>Doubtful</source>
            <translation>疑わしい</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>不明</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>良好</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>シーン</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} 秒</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} 分</translation>
        </message>
        <message>
            <source>{:.1f} h</source>
            <translation>{:.1f} 時間</translation>
        </message>
        <message>
            <source>The map shows nothing of the layer: move the map.</source>
            <translation>地図にレイヤが表示されていません。地図を動かしてください。</translation>
        </message>
        <message>
            <source>Preview ...</source>
            <translation>プレビュー ...</translation>
        </message>
        <message>
            <source>Preview of {}</source>
            <translation>{} のプレビュー</translation>
        </message>
        <message>
            <source>Preview in {:.1f} s.</source>
            <translation>プレビュー {:.1f} 秒。</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>プレビュー</translation>
        </message>
        <message>
            <source>Try the model on the middle of the map, 256 x 256 input pixels</source>
            <translation>地図の中心の入力256 x 256ピクセルでモデルを試します</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>連続</translation>
        </message>
        <message>
            <source>Make a new preview whenever the map or a choice has changed</source>
            <translation>地図や選択が変わるたびに新しいプレビューを作ります</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Show the preview over the map, or hide it</source>
            <translation>プレビューを地図の上に表示、または隠します</translation>
        </message>
        <message>
            <source>Drag a divider between the input and the preview</source>
            <translation>入力とプレビューの間で仕切りをドラッグします</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Take the preview from the map</source>
            <translation>プレビューを地図から取り除きます</translation>
        </message>
        <message>
            <source>Published weights</source>
            <translation>公開された重み</translation>
        </message>
        <message>
            <source>Weights that the authors of the networks published. They are fetched from the authors' address, checked, and then stand in the list of models.</source>
            <translation>ネットワークの作者が公開した重みです。作者のアドレスから取得して検査し、モデルのリストに加えます。</translation>
        </message>
        <message>
            <source>Get</source>
            <translation>取得</translation>
        </message>
        <message>
            <source>Fetch them from the authors' address</source>
            <translation>作者のアドレスから取得します</translation>
        </message>
        <message>
            <source>From a file...</source>
            <translation>ファイルから...</translation>
        </message>
        <message>
            <source>Take the authors' file, which was fetched by other means</source>
            <translation>別の方法で取得した作者のファイルを使います</translation>
        </message>
        <message>
            <source>{} (there already)</source>
            <translation>{}（取得済み）</translation>
        </message>
        <message>
            <source>Licence: {}. Trained on {}. By {}.</source>
            <translation>ライセンス: {}。学習データ: {}。出典: {}。</translation>
        </message>
        <message>
            <source>Getting {} ...</source>
            <translation>{} を取得しています ...</translation>
        </message>
        <message>
            <source>Fetch {} in a browser, and take it from there.</source>
            <translation>ブラウザで{}を取得し、ここで開いてください。</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>ファイル</translation>
        </message>
        <message>
            <source>{} is in the list of models.</source>
            <translation>{} はモデルのリストにあります。</translation>
        </message>
        <message>
            <source>No layer is chosen.</source>
            <translation>レイヤが選ばれていません。</translation>
        </message>
        <message>
            <source>There is no raster layer in the project.</source>
            <translation>プロジェクトにラスタレイヤがありません。</translation>
        </message>
        <message>
            <source>The backend is being set up; wait a minute.</source>
            <translation>バックエンドを設定しています。しばらくお待ちください。</translation>
        </message>
        <message>
            <source>{} is there already.</source>
            <translation>{} はすでにあります。</translation>
        </message>
        <message>
            <source>If it is replaced, its layer is, too: {}.</source>
            <translation>置き換えると、そのレイヤも置き換わります: {}。</translation>
        </message>
        <message>
            <source>Keep both ({})</source>
            <translation>両方を残す ({})</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>置き換え</translation>
        </message>
        <message>
            <source>Export the part you need to a GeoTIFF first: Layer &gt; Save As.</source>
            <translation>先に必要な部分をGeoTIFFにエクスポートしてください: レイヤ &gt; 名前をつけて保存。</translation>
        </message>
        <message>
            <source>The layer {} is not valid</source>
            <translation>レイヤ {} は無効です</translation>
        </message>
        <message>
            <source>{} is a picture from a server, not data</source>
            <translation>{} はサーバの画像で、データではありません</translation>
        </message>
        <message>
            <source>{} is not a raster file</source>
            <translation>{} はラスタファイルではありません</translation>
        </message>
        <message>
            <source>{} is opened with {}, which only QGIS knows</source>
            <translation>{} は {} で開かれており、QGISでしか扱えません</translation>
        </message>
        <message>
            <source>{} is a file in QGIS's memory, which no other program sees</source>
            <translation>{} はQGISのメモリ内のファイルで、他のプログラムからは見えません</translation>
        </message>
        <message>
            <source>{} has several nodata values ({}), a result has one</source>
            <translation>{} にはNodata値が複数あります ({})。結果には1つだけです</translation>
        </message>
        <message>
            <source>Give the one that counts under 'Nodata value'.</source>
            <translation>使う値を「Nodata値」に指定してください。</translation>
        </message>
        <message>
            <source>Starting the backend</source>
            <translation>バックエンドを起動中</translation>
        </message>
        <message>
            <source>Opening the raster</source>
            <translation>ラスタを開いています</translation>
        </message>
        <message>
            <source>Looking at the raster</source>
            <translation>ラスタを調べています</translation>
        </message>
        <message>
            <source>Super-resolving</source>
            <translation>解像度を上げています</translation>
        </message>
        <message>
            <source>Finishing the file</source>
            <translation>ファイルを仕上げています</translation>
        </message>
        <message>
            <source>Set it up in Settings &gt; Options &gt; Super-resolution.</source>
            <translation>設定 &gt; オプション &gt; 超解像 で設定してください。</translation>
        </message>
        <message>
            <source>Details are in the log panel, tab Super-resolution.</source>
            <translation>詳細はログパネルの Super-resolution タブにあります。</translation>
        </message>
        <message>
            <source>The rs-sr backend is not set up yet</source>
            <translation>rs-srバックエンドがまだ設定されていません</translation>
        </message>
        <message>
            <source>{} cannot be started</source>
            <translation>{} を起動できません</translation>
        </message>
        <message>
            <source>rs-sr is not installed in the Python that is set for it</source>
            <translation>設定されたPythonにrs-srがインストールされていません</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is too old for this plugin</source>
            <translation>rs-srバックエンド (バージョン {}) はこのプラグインには古すぎます</translation>
        </message>
        <message>
            <source>The rs-sr backend (version {}) is newer than this plugin</source>
            <translation>rs-srバックエンド (バージョン {}) はこのプラグインより新しいです</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>プラグインを更新してください。</translation>
        </message>
        <message>
            <source>The rs-sr backend cannot read polygons: geopandas is not in its Python</source>
            <translation>rs-srバックエンドはポリゴンを読めません: Pythonにgeopandasがありません</translation>
        </message>
        <message>
            <source>Set it up again from wheels that were bundled where rs-sr[aoi] is installed.</source>
            <translation>rs-sr[aoi] のある環境でまとめたwheelから設定し直してください。</translation>
        </message>
        <message>
            <source>The rs-sr backend does not answer</source>
            <translation>rs-srバックエンドが応答しません</translation>
        </message>
        <message>
            <source>The rs-sr backend has said nothing for two minutes and was ended</source>
            <translation>rs-srバックエンドが2分間応答しなかったため終了しました</translation>
        </message>
        <message>
            <source>The rs-sr backend ended in the middle of its work ({})</source>
            <translation>rs-srバックエンドが途中で終了しました ({})</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a virus scanner stopped it.</source>
            <translation>メモリ不足か、ウイルス対策ソフトが止めた可能性があります。</translation>
        </message>
        <message>
            <source>The rs-sr backend failed: {}</source>
            <translation>rs-srバックエンドの失敗: {}</translation>
        </message>
        <message>
            <source>Take the whole layer.</source>
            <translation>レイヤ全体を選んでください。</translation>
        </message>
        <message>
            <source>Again, with the certificates that QGIS trusts</source>
            <translation>QGISが信頼する証明書でもう一度</translation>
        </message>
        <message>
            <source>A raster file. A picture from a server is exported first.</source>
            <translation>ラスタファイル。サーバの画像は先にエクスポートします。</translation>
        </message>
        <message>
            <source>A model of the list, or the path of a model file; empty for the best one.</source>
            <translation>リストのモデル、またはモデルファイルのパス。空なら最適なもの。</translation>
        </message>
        <message>
            <source>How the scene was taken, for a model that can be told: one of the list, or the path of a sensor's file; empty for what the metadata say, else what the scene shows.</source>
            <translation>撮影のしかた (それを受け取れるモデル用): リストの1つ、またはセンサファイルのパス。空ならメタデータ、なければ画像から求めます。</translation>
        </message>
        <message>
            <source>How many times finer; auto takes the model's, else 2.</source>
            <translation>何倍細かくするか。autoはモデルの倍率、なければ2。</translation>
        </message>
        <message>
            <source>Those to take, in their order; all where none is given.</source>
            <translation>使うバンドを順番どおりに。なければすべて。</translation>
        </message>
        <message>
            <source>A part to compute, equal to that part of the whole.</source>
            <translation>計算する部分。全体の同じ部分と等しくなります。</translation>
        </message>
        <message>
            <source>Outside these polygons the result has no data.</source>
            <translation>これらのポリゴンの外側は、結果でデータなしになります。</translation>
        </message>
        <message>
            <source>What the model sees as 0 and 1; found from the raster if empty.</source>
            <translation>モデルが0と1とみなす値。空ならラスタから求めます。</translation>
        </message>
        <message>
            <source>The value of pixels without data; else what the layer says.</source>
            <translation>データのないピクセルの値。なければレイヤの設定。</translation>
        </message>
        <message>
            <source>In place of a sensor: what is left of the finest stripes, from 0 to 1; one number, or two along y and x.</source>
            <translation>センサの代わりに: 最も細かい縞がどれだけ残るか、0から1。1つの数、またはyとxの2つ。</translation>
        </message>
        <message>
            <source>Its standard deviation; else the sensor's, else what the scene shows.</source>
            <translation>標準偏差。なければセンサの値、なければ画像から求めます。</translation>
        </message>
        <message>
            <source>Made coarse again, the result differs less from the input.</source>
            <translation>元の粗さに戻すと、入力との差が小さくなります。</translation>
        </message>
        <message>
            <source>Flipped and turned: a little better, eight times the time.</source>
            <translation>反転と回転: 少し良くなりますが、時間は8倍です。</translation>
        </message>
        <message>
            <source>For pictures of 256 colours; not for maps of classes.</source>
            <translation>256色の画像用。クラス図には使えません。</translation>
        </message>
        <message>
            <source>The side of the squares that are worked through; smaller takes less memory.</source>
            <translation>処理する正方形の辺。小さいほどメモリが減ります。</translation>
        </message>
        <message>
            <source>Pixels read around a tile, so that no seams show. Leave it.</source>
            <translation>継ぎ目が見えないようにタイルの周りで読むピクセル。そのままで構いません。</translation>
        </message>
        <message>
            <source>What the run stays within; else a quarter of the machine's, up to 4 GB.</source>
            <translation>実行の上限。なければマシンの4分の1、最大4GB。</translation>
        </message>
        <message>
            <source>What the model runs on; auto takes a graphics card if there is one that can.</source>
            <translation>モデルを動かす装置。autoは使えるグラフィックスカードがあればそれを使います。</translation>
        </message>
        <message>
            <source>How many to compute on; else all.</source>
            <translation>計算に使う数。なければすべて。</translation>
        </message>
        <message>
            <source>What runs the model; auto takes torch, for ONNX models onnxruntime.</source>
            <translation>モデルを実行するもの。autoはtorch、ONNXモデルではonnxruntime。</translation>
        </message>
        <message>
            <source>Of the model's numbers; auto keeps the values.</source>
            <translation>モデルの数値。autoは値を保ちます。</translation>
        </message>
        <message>
            <source>Of the result. jpeg and webp change values, the others do not.</source>
            <translation>結果の圧縮。jpeg と webp は値を変えます。他は変えません。</translation>
        </message>
        <message>
            <source>For GDAL's GeoTIFF driver.</source>
            <translation>GDALのGeoTIFFドライバ用。</translation>
        </message>
        <message>
            <source>Ordered for reading over the network.</source>
            <translation>ネットワーク経由で読むための並び。</translation>
        </message>
        <message>
            <source>Where the result is loaded into the project.</source>
            <translation>結果がプロジェクトに読み込まれる場合。</translation>
        </message>
        <message>
            <source>A GeoTIFF: the same place, type, bands and metadata, only finer.</source>
            <translation>GeoTIFF: 場所、型、バンド、メタデータは同じで、細かくなります。</translation>
        </message>
        <message>
            <source>How far each pixel is expected to be off; takes the mean of eight looks.</source>
            <translation>各ピクセルの予想される誤差。8方向の平均を使います。</translation>
        </message>
        <message>
            <source>Raster</source>
            <translation>ラスタ</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>範囲</translation>
        </message>
        <message>
            <source>Mask polygons</source>
            <translation>マスクポリゴン</translation>
        </message>
        <message>
            <source>Value range</source>
            <translation>値の範囲</translation>
        </message>
        <message>
            <source>Blur (what is left at Nyquist: y, x)</source>
            <translation>ぼけ (ナイキストで残る量: y, x)</translation>
        </message>
        <message>
            <source>Noise (in the raster's units)</source>
            <translation>ノイズ (ラスタの単位)</translation>
        </message>
        <message>
            <source>Mean of eight looks (eight times the time)</source>
            <translation>8方向の平均 (時間は8倍)</translation>
        </message>
        <message>
            <source>Tile (input pixels)</source>
            <translation>タイル (入力ピクセル)</translation>
        </message>
        <message>
            <source>Halo (auto, exact or pixels)</source>
            <translation>余白 (auto、exact、またはピクセル)</translation>
        </message>
        <message>
            <source>Memory limit (like 2GB)</source>
            <translation>メモリの上限 (例 2GB)</translation>
        </message>
        <message>
            <source>Device (auto, cpu, cuda, cuda:1, mps or xpu)</source>
            <translation>デバイス (auto、cpu、cuda、cuda:1、mps、xpu)</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>コア数</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>計算エンジン</translation>
        </message>
        <message>
            <source>Number format</source>
            <translation>数値形式</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>圧縮</translation>
        </message>
        <message>
            <source>Creation options (KEY=VALUE|KEY=VALUE)</source>
            <translation>作成オプション (KEY=VALUE|KEY=VALUE)</translation>
        </message>
        <message>
            <source>Cloud Optimized GeoTIFF</source>
            <translation>Cloud Optimized GeoTIFF</translation>
        </message>
        <message>
            <source>Give the result the input's style</source>
            <translation>結果に入力のスタイルを適用</translation>
        </message>
        <message>
            <source>Super-resolved</source>
            <translation>超解像の結果</translation>
        </message>
        <message>
            <source>Expected error</source>
            <translation>予想誤差</translation>
        </message>
        <message>
            <source>There is no raster layer</source>
            <translation>ラスタレイヤがありません</translation>
        </message>
        <message>
            <source>Choose one.</source>
            <translation>選んでください。</translation>
        </message>
        <message>
            <source>The part that is chosen holds no pixels of the raster</source>
            <translation>選んだ範囲にはラスタのピクセルがありません</translation>
        </message>
        <message>
            <source>Move the map, or take the whole layer.</source>
            <translation>地図を動かすか、レイヤ全体を選んでください。</translation>
        </message>
        <message>
            <source>QGIS places this layer by its pixel numbers, its results by control points or RPCs</source>
            <translation>QGIS はこのレイヤをピクセル番号で、その結果を基準点または RPC で配置します</translation>
        </message>
        <message>
            <source>Unset the file's transform (gdal_edit.py -unsetgt FILE) and load it again.</source>
            <translation>ファイルの変換を取り除き (gdal_edit.py -unsetgt FILE)、読み込み直してください。</translation>
        </message>
        <message>
            <source>One step is left: setting up the backend that does the work.</source>
            <translation>あと1つ: 計算を行うバックエンドの設定が必要です。</translation>
        </message>
        <message>
            <source>Set up...</source>
            <translation>設定...</translation>
        </message>
        <message>
            <source>The backend is set up.</source>
            <translation>バックエンドが設定されました。</translation>
        </message>
        <message>
            <source>Open the dock</source>
            <translation>パネルを開く</translation>
        </message>
        <message>
            <source>rs-sr: super-resolution of rasters</source>
            <translation>rs-sr: ラスタの超解像</translation>
        </message>
        <message>
            <source>There are no polygons</source>
            <translation>ポリゴンがありません</translation>
        </message>
        <message>
            <source>Draw some, or choose another layer.</source>
            <translation>描くか、別のレイヤを選んでください。</translation>
        </message>
        <message>
            <source>The layer of polygons is gone</source>
            <translation>ポリゴンのレイヤがなくなりました</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range: it may be taken for texture</source>
            <translation>このラスタには値の範囲の約 {} のノイズがあり、テクスチャと見なされることがあります</translation>
        </message>
        <message>
            <source>this raster has noise of about {} of the range</source>
            <translation>このラスタには値の範囲の約 {} のノイズがあります</translation>
        </message>
        <message>
            <source>how sharp this raster is cannot be told: too few clear edges</source>
            <translation>明瞭なエッジが少なすぎるため、このラスタの鮮鋭さは判断できません</translation>
        </message>
        <message>
            <source>this raster is too small, too flat or too full of gaps to judge its sharpness</source>
            <translation>このラスタは小さすぎるか、平坦すぎるか、欠損が多すぎるため、鮮鋭さを判断できません</translation>
        </message>
        <message>
            <source>this raster is blurred by about {} pixels: x{} will mostly enlarge blur</source>
            <translation>このラスタは約 {} ピクセルぼけています。x{} では主にぼけが拡大されます</translation>
        </message>
        <message>
            <source>this raster shows no blocks of JPEG</source>
            <translation>このラスタに JPEG のブロックは見られません</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}: what that took away stays lost</source>
            <translation>このラスターは品質 {} の JPEG で圧縮されています。失われた情報は戻りません</translation>
        </message>
        <message>
            <source>this raster went through JPEG of quality {}</source>
            <translation>このラスターは品質 {} の JPEG で圧縮されています</translation>
        </message>
        <message>
            <source>this raster shows the 8-pixel blocks of JPEG compression: they will be sharpened too</source>
            <translation>このラスタには JPEG 圧縮の 8 ピクセルのブロックがあり、それらも鮮鋭化されます</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m: expect less sharpening</source>
            <translation>結果のピクセルは {} m ですが、{} は {} ～ {} m 用に学習されています。鮮鋭化は弱くなります</translation>
        </message>
        <message>
            <source>the result has pixels of {} m, {} was trained for {} to {} m</source>
            <translation>結果のピクセルは {} m で、{} は {} ～ {} m 用に学習されています</translation>
        </message>
        <message>
            <source>{} of this raster has no data</source>
            <translation>このラスタの {} にはデータがありません</translation>
        </message>
        <message>
            <source>{} of band {} has no data</source>
            <translation>全体の {} にデータがありません（バンド {}）</translation>
        </message>
        <message>
            <source>{} of bands {} has no data</source>
            <translation>全体の {} にデータがありません（バンド {} の合計）</translation>
        </message>
        <message>
            <source>{} bands, a one-band model: band by band</source>
            <translation>{} バンド、1 バンド用モデル: バンドごとに処理します</translation>
        </message>
        <message>
            <source>1 band, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>1 バンド、3 バンド用モデル: バンドごとに 3 回処理して平均します</translation>
        </message>
        <message>
            <source>{} bands, a 3-band model: band by band, each seen 3 times and averaged</source>
            <translation>{} バンド、3 バンド用モデル: バンドごとに 3 回処理して平均します</translation>
        </message>
        <message>
            <source>red, green and blue go through {} together, band {} one by one</source>
            <translation>赤・緑・青は {} でまとめて、バンド {} は個別に処理します</translation>
        </message>
        <message>
            <source>band {} has {} different values only: if they are classes or flags, super-resolution invents some between them; use {}</source>
            <translation>バンド {} には {} 種類の値しかありません。クラスやフラグの場合、超解像はその間の値を作り出します。{} を使ってください</translation>
        </message>
        <message>
            <source>no nodata value is set, but the borders of band {} are {}: if that means no data, give {}</source>
            <translation>nodata 値が設定されていませんが、バンド {} の縁は {} です。データなしを意味するなら {} を指定してください</translation>
        </message>
        <message>
            <source>{} has a palette: its numbers are classes, not brightness</source>
            <translation>{} にはカラーパレットがあり、その数値は明るさではなくクラスです</translation>
        </message>
        <message>
            <source>use {} if it is a picture, or {} if it is a map</source>
            <translation>画像なら {}、地図なら {} を使ってください</translation>
        </message>
        <message>
            <source>{} is not georeferenced</source>
            <translation>{} は位置情報を持っていません</translation>
        </message>
        <message>
            <source>runs on the CPU</source>
            <translation>CPU で計算します</translation>
        </message>
        <message>
            <source>model {} is unknown</source>
            <translation>モデル {} は不明です</translation>
        </message>
        <message>
            <source>one tile of {} pixels needs {}, the budget is {}</source>
            <translation>{} ピクセルのタイルには {} が必要ですが、上限は {} です</translation>
        </message>
        <message>
            <source>the disk of {} is full</source>
            <translation>{} のディスクがいっぱいです</translation>
        </message>
        <message>
            <source>make room or choose another folder</source>
            <translation>空きを作るか、別のフォルダを選んでください</translation>
        </message>
        <message>
            <source>the folder {} cannot be written to</source>
            <translation>フォルダ {} に書き込めません</translation>
        </message>
        <message>
            <source>choose another folder or change its rights</source>
            <translation>別のフォルダを選ぶか、権限を変更してください</translation>
        </message>
        <message>
            <source>Cancelled; what was there before is as it was.</source>
            <translation>キャンセルしました。以前の状態のままです。</translation>
        </message>
        <message>
            <source>Setting up the rs-sr backend</source>
            <translation>rs-srバックエンドを設定中</translation>
        </message>
        <message>
            <source>Another QGIS is setting up the backend</source>
            <translation>別のQGISがバックエンドを設定中です</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>終わるまでお待ちください。</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <translation>{} に書き込めません: {}。</translation>
        </message>
        <message>
            <source>Choose another interpreter, or install what it lacks (apt: python3-venv).</source>
            <translation>別のインタプリタを選ぶか、足りないものをインストールしてください (apt: python3-venv)。</translation>
        </message>
        <message>
            <source>{} cannot be used: {}</source>
            <translation>{} は使えません: {}</translation>
        </message>
        <message>
            <source>Trying it</source>
            <translation>テスト中</translation>
        </message>
        <message>
            <source>polygons need geopandas, which is not there</source>
            <translation>ポリゴンにはgeopandasが必要ですが、ありません</translation>
        </message>
        <message>
            <source>Trying the rs-sr backend</source>
            <translation>rs-srバックエンドをテスト中</translation>
        </message>
        <message>
            <source>Writing a report</source>
            <translation>レポートを作成中</translation>
        </message>
    </context>
</TS>
