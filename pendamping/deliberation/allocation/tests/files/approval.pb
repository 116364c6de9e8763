META
key;value
description;Contoh: kelurahan kecil
country;Indonesia
unit;Kelurahan Contoh
instance;2026
num_projects;5
num_votes;8
budget;100000000
vote_type;approval
PROJECTS
project_id;cost;votes;name;category;target;selected
drain;40000000;5;Drainase RW 03;sarana;;1
posyandu;30000000;4;"Posyandu RW 05; meja dan timbangan";pemberdayaan;perempuan,anak;1
lampu;20000000;4;Lampu jalan;sarana;;1
taman;60000000;2;Taman bermain;sarana;anak;0
kursus;10000000;1;Kursus menjahit;pemberdayaan;perempuan;0
VOTES
voter_id;vote;age;sex
1;drain,lampu;40;F
2;drain,lampu;41;M
3;lampu,drain;23;F
4;drain,taman;33;M
5;drain, posyandu;50;F
6;posyandu,taman;50;F
7;posyandu,kursus;61;M
8;posyandu,lampu;19;M
