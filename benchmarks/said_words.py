"""Words for the made-up transcripts of `said.py`: what is said between the planned lines, and how lines are varied."""

from __future__ import annotations

#: Sentences of any LIVE.
BETWEEN = {
    "en": (
        "good evening everybody and welcome to the live", "can you hear me alright let me know in the chat",
        "so this one is a hundred percent linen and it gets softer with every wash", "I wear it with jeans or over a dress",
        "Maria is asking about the length it ends just above the knee", "we ship from our own warehouse in two days",
        "let me show you the back of it as well", "the seams are double so it will not tear", "thank you for the hearts",
        "somebody asked whether it shrinks no it does not", "I have this at home since last year and use it every day",
        "it holds about three litres and it fits under the tap", "the handle stays cool even on the stove",
        "you can put it into the dishwasher no problem", "let me just open the box so you see what is inside",
        "there is a brush a cloth and the little bottle", "for dry skin I would take the other one",
        "put it on in the evening and wash it off in the morning", "the smell is very light almost nothing",
        "hello Tom nice to see you again", "we have five colours today and the green one is new",
        "it is made in a small workshop not far from here", "one moment my microphone is slipping",
        "the zip is metal and the lining is cotton", "as I said it comes with a two year warranty",
        "my mother has the same one in blue", "I am one metre seventy and I wear a medium",
        "yes you can pay when it arrives", "the bag is big enough for a laptop", "let us look at the next thing on my list",
    ),
    "id": (
        "selamat malam semuanya selamat datang di live kami", "suaranya jelas nggak kak coba kasih tahu",
        "bahannya katun jadi adem dan nggak gampang kusut", "ini bisa dipakai kerja bisa juga buat jalan",
        "kak Rina tanya panjangnya berapa panjangnya sembilan puluh senti", "kami kirim dari gudang sendiri dua hari sampai",
        "aku lihatin bagian belakangnya juga ya", "jahitannya rapi banget kak dobel semua", "makasih banyak kak sudah mampir",
        "ada yang tanya luntur nggak enggak kak aman", "aku sudah pakai ini dari tahun lalu tiap hari",
        "isinya tiga liter muat banyak sekali", "gagangnya nggak panas walaupun di atas kompor",
        "boleh dicuci pakai mesin nggak masalah", "aku buka dulu kotaknya biar kelihatan isinya",
        "di dalamnya ada sikat kain sama botol kecil", "untuk kulit kering aku lebih saranin yang satunya",
        "pakainya malam terus dibilas paginya", "wanginya lembut banget hampir nggak ada", "halo kak Budi ketemu lagi",
        "hari ini ada lima warna yang hijau baru datang", "ini buatan pengrajin dekat sini", "sebentar ya mikrofonnya lepas",
        "resletingnya besi dalamnya katun", "garansinya dua tahun kak seperti yang aku bilang tadi",
        "ibuku juga punya yang biru", "tinggiku seratus enam puluh pakai yang medium", "bisa bayar di tempat kak",
        "tasnya muat laptop kok", "kita lanjut ke barang berikutnya ya",
    ),
    "pt-BR": (
        "boa noite pessoal sejam bem vindos à live", "vocês estão me ouvindo bem me falem aí",
        "esse aqui é cem por cento linho e fica mais macio a cada lavagem", "eu uso com calça jeans ou por cima do vestido",
        "a Maria perguntou o comprimento ele fica logo acima do joelho", "a gente envia do nosso depósito em dois dias",
        "deixa eu mostrar as costas também", "a costura é dupla então não rasga", "obrigada pelos corações gente",
        "alguém perguntou se encolhe não encolhe não", "eu tenho esse em casa desde o ano passado e uso todo dia",
        "cabem três litros e entra embaixo da torneira", "o cabo não esquenta nem no fogão",
        "pode colocar na máquina sem problema", "vou abrir a caixa para vocês verem o que vem dentro",
        "vem uma escova um pano e o frasquinho", "para pele seca eu levaria o outro",
        "passa de noite e tira de manhã", "o cheiro é bem leve quase nada", "oi João que bom te ver de novo",
        "hoje temos cinco cores e a verde é nova", "é feito num ateliê pequeno aqui perto",
        "um momento que o microfone está escorregando", "o zíper é de metal e o forro é de algodão",
        "como eu disse ele vem com dois anos de garantia", "minha mãe tem o mesmo em azul",
        "eu tenho um metro e setenta e visto médio", "sim dá para pagar com pix", "na bolsa cabe um notebook",
        "vamos ver o próximo item da lista",
    ),
    "th": (
        "สวัสดีค่ะทุกคนยินดีต้อนรับเข้าสู่ไลฟ์", "ได้ยินเสียงชัดไหมคะบอกหน่อยนะคะ", "ตัวนี้ผ้าลินินแท้ยิ่งซักยิ่งนุ่มค่ะ",
        "ใส่กับกางเกงยีนส์หรือใส่คลุมเดรสก็ได้", "คุณมะลิถามว่ายาวเท่าไหร่ยาวเลยเข่านิดหน่อยค่ะ", "เราส่งจากโกดังของเราเองสองวันถึง",
        "ขอโชว์ด้านหลังให้ดูด้วยนะคะ", "ตะเข็บเย็บสองชั้นไม่ขาดง่าย", "ขอบคุณมากนะคะที่แวะมา", "มีคนถามว่าหดไหมไม่หดค่ะ",
        "ที่บ้านใช้มาตั้งแต่ปีที่แล้วใช้ทุกวันเลย", "ความจุสามลิตรวางใต้ก๊อกได้พอดี", "ด้ามจับไม่ร้อนแม้อยู่บนเตา",
        "เข้าเครื่องล้างจานได้ไม่มีปัญหา", "เดี๋ยวเปิดกล่องให้ดูว่าข้างในมีอะไรบ้าง", "มีแปรงมีผ้าแล้วก็ขวดเล็ก",
        "ถ้าผิวแห้งแนะนำอีกตัวหนึ่งมากกว่า", "ทาก่อนนอนแล้วล้างออกตอนเช้า", "กลิ่นอ่อนมากแทบไม่มีกลิ่น", "สวัสดีคุณต้นเจอกันอีกแล้ว",
        "วันนี้มีห้าเฉดสีเขียวเป็นของใหม่", "ทำจากร้านเล็กๆแถวนี้เอง", "แป๊บหนึ่งนะคะไมค์หลุด", "ซิปเป็นโลหะซับในเป็นผ้าฝ้าย",
        "อย่างที่บอกไปประกันสองปี", "คุณแม่ก็มีเหมือนกันแต่เป็นสีฟ้า", "สูงร้อยหกสิบใส่ไซซ์เอ็มค่ะ", "เก็บเงินปลายทางได้ค่ะ",
        "กระเป๋าใส่โน้ตบุ๊กได้", "ไปดูชิ้นต่อไปกันเลยนะคะ",
    ),
}  # fmt: skip

#: Sentences with the words of planned lines and another meaning.
LOOKALIKES = {
    "en": (
        "if you like it tell your sister about it", "I followed the recipe on the card and it came out well",
        "the notice on the box says thirty degrees", "we tapped the glass and it did not break",
        "on the left you see the small size and on the right the large", "the next live is planned we will tell you",
        "the bag at the bottom is the old one", "write down the address for the warehouse please",
        "three people in the team packed these boxes", "on Thursday I was at the market until eight",
    ),
    "id": (
        "kalau suka pedas bisa tambah cabai sendiri", "aku ikut resep di kartunya dan jadinya enak",
        "di kotaknya ada tulisan tiga puluh derajat", "yang sebelah kiri kecil yang sebelah kanan besar",
        "live berikutnya nanti kami kabari lagi", "keranjang rotan ini bisa buat baju", "tulis alamatnya yang lengkap ya kak",
        "tiga orang di tim yang bungkus barangnya", "hadiahnya kemarin sudah dikirim semua", "warna pilihan ibuku biasanya cokelat",
    ),
    "pt-BR": (
        "se você gosta de pimenta pode colocar mais", "eu segui a receita do cartão e deu certo",
        "na caixa tem um aviso de trinta graus", "do lado esquerdo está o pequeno e do direito o grande",
        "a próxima live a gente ainda vai marcar", "a sacola de baixo é a antiga", "escreva o endereço completo no pedido",
        "três pessoas da equipe embalaram tudo", "quinta eu estava na feira até as oito", "a cor do produto muda um pouco na luz",
    ),
    "th": (
        "ถ้าชอบเผ็ดก็เติมพริกเองได้เลย", "ทำตามสูตรในการ์ดแล้วออกมาอร่อย", "ข้างกล่องเขียนว่าสามสิบองศา", "ด้านซ้ายตัวเล็กด้านขวาตัวใหญ่",
        "ไลฟ์ครั้งหน้าเดี๋ยวแจ้งอีกที", "ตะกร้าหวายใบนี้ใส่เสื้อผ้าได้", "เขียนที่อยู่ให้ครบด้วยนะคะ", "ทีมงานสามคนช่วยกันแพ็กของ",
        "ของแจกเมื่อวานส่งไปหมดแล้ว", "สีของสินค้าจะต่างนิดหน่อยเวลาโดนแสง",
    ),
}  # fmt: skip

FILLERS = {
    "en": ("um", "like", "you know", "so", "okay", "guys"),
    "id": ("ya", "eh", "nih", "gitu", "kak", "oke"),
    "pt-BR": ("né", "tipo", "então", "ah", "gente", "olha"),
    "th": ("นะคะ", "เอ่อ", "ค่ะ", "แบบว่า", "ก็"),
}

#: Other words for the same.
SAME = {
    "en": {
        "follow us": ("give us a follow", "hit follow"), "tap": ("press", "click"), "you get": ("you will get", "there is"),
        "write": ("type", "put"), "what would you like to know": ("what do you want to know",), "this": ("that", "this here"),
        "colour": ("shade",), "when the next live starts": ("as soon as we go live",), "everybody": ("everyone",),
        "here": ("right here",), "show": ("present",), "left": ("left side",), "all": ("all the", "every"),
    },
    "id": {
        "klik": ("pencet", "tekan"), "ketuk": ("klik",), "lihat": ("cek",), "kami": ("kita",), "kalau": ("kalo", "jika"),
        "tulis": ("ketik",), "untuk": ("buat",), "nanti": ("entar",), "akun kami": ("akun ini",), "semua": ("seluruh",),
    },
    "pt-BR": {
        "siga a gente": ("segue a gente", "siga nosso perfil"), "toque": ("clica", "aperta"), "para": ("pra",), "você está": ("cê tá",),
        "escreva": ("escreve", "coloca"), "abra": ("abre",), "qual é": ("qual",), "receba": ("recebe",), "todas as": ("as",),
    },
    "th": {
        "กด": ("คลิก", "จิ้ม"), "ค่ะ/ครับ": ("ค่ะ", ""), "นะคะ/นะครับ": ("นะคะ", ""), "คะ/ครับ": ("คะ", ""), "เลย": ("",), "ดู": ("เช็ก",),
        "พิมพ์": ("เขียน",),
    },
}  # fmt: skip

#: Products: the name in the list, and a sentence that names it.
PRODUCTS = {
    "en": (
        ("Verano linen shirt long sleeve", "now here is the verano shirt in linen"),
        ("Kettle Brisa 1.7 l steel", "let us come to the brisa kettle"),
        ("Night serum Alba 30 ml", "the next one is our alba serum"), ("Tote bag Nomad XL", "look at this one the nomad tote"),
    ),
    "id": (
        ("Kemeja linen Verano lengan panjang", "sekarang kemeja verano ya kak"), ("Ketel Brisa 1,7 l baja", "lanjut ke ketel brisa"),
        ("Serum malam Alba 30 ml", "berikutnya serum alba"), ("Tas tote Nomad XL", "ini tas nomad yang besar"),
    ),
    "pt-BR": (
        ("Camisa de linho Verano manga longa", "agora a camisa verano gente"), ("Chaleira Brisa 1,7 l aço", "vamos para a chaleira brisa"),
        ("Sérum noturno Alba 30 ml", "o próximo é o sérum alba"), ("Bolsa tote Nomad XL", "olha essa bolsa nomad"),
    ),
    "th": (
        ("เสื้อเชิ้ตลินินเวราโน่แขนยาว", "ต่อไปเสื้อเชิ้ตลินินเวราโน่"), ("กาต้มน้ำบรีซ่าสแตนเลส", "มาดูกาต้มน้ำบรีซ่ากัน"),
        ("เซรั่มกลางคืนอัลบ้า", "ถัดไปเซรั่มกลางคืนอัลบ้า"), ("กระเป๋าผ้าโนแมดใบใหญ่", "อันนี้กระเป๋าผ้าโนแมด"),
    ),
}  # fmt: skip
